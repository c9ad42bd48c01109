using ComposePipCache.Python.Requirements;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Requirements;

public class RequirementTests
{
    [Theory]
    [InlineData("flask", "flask")]
    [InlineData("Flask == 2.0", "flask==2.0")]
    [InlineData("zope.interface>=5 , <6", "zope-interface<6,>=5")]
    [InlineData("a_b[X, y.z]~=1.0", "a-b[x,y-z]~=1.0")]
    [InlineData("a[y,x] == 1", "a[x,y]==1")]
    [InlineData("a (>=1,<2)", "a<2,>=1")]
    [InlineData("a;python_version<'3'", "a ; python_version < \"3\"")]
    [InlineData(
        "a ; python_version  <  \"3\" and( os_name=='nt' )", "a ; python_version < \"3\" and ( os_name == \"nt\" )")]
    [InlineData("A @ https://u:p@h/a.whl", "a @ https://h/a.whl")]
    [InlineData("a@git+https://h/a@v1", "a @ git+https://h/a@v1")]
    [InlineData("A[x] @ https://h/a.zip ; os_name == 'nt'", "a[x] @ https://h/a.zip ; os_name == \"nt\"")]
    [InlineData("git+https://t@h/a.git@main#egg=a", "git+https://h/a.git@main#egg=a")]
    [InlineData("./Local[x]", "./Local[x]")]
    [InlineData("a===1.0+LOCAL", "a===1.0+LOCAL")]
    public void One_spelling_for_all(string text, string expected)
    {
        var requirement = Requirement.Parse(text);

        requirement.ToString().ShouldBe(expected);
        Requirement.Parse(expected).ToString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("flask", RequirementKind.Named)]
    [InlineData("flask[async]>=2; extra == 'a/b'", RequirementKind.Named)]
    [InlineData("flask==1.0.zip", RequirementKind.Named)]
    [InlineData(".", RequirementKind.Local)]
    [InlineData(".[dev]", RequirementKind.Local)]
    [InlineData("../x", RequirementKind.Local)]
    [InlineData("/w/*.whl", RequirementKind.Local)]
    [InlineData("sub/dir", RequirementKind.Local)]
    [InlineData("x-1-py3-none-any.whl", RequirementKind.Local)]
    [InlineData("x-1.tar.gz[a]", RequirementKind.Local)]
    [InlineData("file:///x", RequirementKind.Local)]
    [InlineData("x @ file:///x", RequirementKind.Local)]
    [InlineData("https://h/x.whl", RequirementKind.DirectUrl)]
    [InlineData("x@https://h/x.whl", RequirementKind.DirectUrl)]
    [InlineData("x[a] @ https://h/x.whl", RequirementKind.DirectUrl)]
    [InlineData("git+ssh://git@h/x", RequirementKind.VersionControl)]
    [InlineData("x @ git+https://h/x", RequirementKind.VersionControl)]
    [InlineData("hg+https://h/x", RequirementKind.VersionControl)]
    [InlineData("git@h:x.git", RequirementKind.VersionControl)]
    public void Names_paths_and_URLs_are_told_apart(string text, RequirementKind expected) =>
        Requirement.Classify(text).ShouldBe(expected);

    [Theory]
    [InlineData("a==1", true)]
    [InlineData("a === x", true)]
    [InlineData("a>=1,==1.2", true)]
    [InlineData("a==1.*", false)]
    [InlineData("a>=1", false)]
    [InlineData("a~=1.0", false)]
    [InlineData("a!=1", false)]
    [InlineData("a", false)]
    [InlineData("a @ https://h/a.whl#sha256=00", true)]
    [InlineData("https://h/a.whl#egg=a&sha256=00", true)]
    [InlineData("https://h/a.whl#egg=a", false)]
    [InlineData("git+https://h/a@0123456789abcdef0123456789abcdef01234567", true)]
    [InlineData("git+https://h/a@0123456789abcdef0123456789abcdef01234567#egg=a", true)]
    [InlineData("git+https://h/a@v1", false)]
    [InlineData("./a", false)]
    public void A_pin_names_one_thing(string text, bool expected) =>
        Requirement.Parse(text).IsPinned.ShouldBe(expected);

    [Fact]
    public void Spelling_twice_changes_nothing_more() => Texts.Requirement.Sample(text =>
    {
        var once = Requirement.Parse(text).ToString();
        Requirement.Parse(once).ToString().ShouldBe(once);
    });

    [Fact]
    public void Any_text_can_be_read() => Gen.String[0, 40].Sample(text =>
    {
        Requirement.Parse(text).ToString().ShouldNotBeNull();
        RequirementLine.Read(text, _ => text).Count.ShouldBeGreaterThanOrEqualTo(0);
    });
}
