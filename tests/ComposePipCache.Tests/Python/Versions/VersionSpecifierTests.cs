using ComposePipCache.Python.Versions;
using ComposePipCache.Python.Wheels;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Versions;

public class VersionSpecifierTests
{
    private static readonly string[] Operators = ["==", "!=", ">=", "<=", "<", ">"];

    private static readonly Gen<string> Version = Gen.Select(
        Gen.Int[0, 3].Array[1, 4], Gen.Int[0, 9], Gen.Int[0, 9], Gen.Int[0, 9],
        (release, pre, post, dev) => string.Join('.', release) + (pre < 7 ? "" : $"rc{pre - 7}")
            + (post < 8 ? "" : $".post{post - 8}") + (dev < 8 ? "" : $".dev{dev - 8}"));

    public static TheoryData<string, string, string> Specifiers() =>
        [.. File.ReadAllLines(Fixtures.Folder("specifiers.txt")).Select(line => line.Split('\t'))
            .Select(fields => (fields[0], fields[1], fields[2]))];

    public static TheoryData<string, string, string, string> Filters() =>
        [.. File.ReadAllLines(Fixtures.Folder("filters.txt")).Select(line => line.Split('\t'))
            .Select(fields => (fields[0], fields[1], fields[2], fields[3]))];

    [Theory]
    [MemberData(nameof(Specifiers))]
    public void A_version_is_taken_as_packaging_takes_it(string text, string version, string expected)
    {
        var specifier = VersionSpecifier.Parse(text);

        var decided = specifier is null ? "invalid"
            : (specifier.Contains(PythonVersion.Parse(version)!, allowPrereleases: true) ? "yes" : "no")
                + (specifier.NamesPrerelease ? " pre" : "");
        decided.ShouldBe(expected);
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public void Prereleases_are_left_out_as_packaging_leaves_them_out(
        string text, string option, string versions, string expected)
    {
        var known = versions.Split(' ').Select(PythonVersion.Parse).OfType<PythonVersion>();

        var left = VersionSpecifier.Parse(text)!.Filter(known, version => version, option == "--pre");

        string.Join(' ', left.Select(version => version.Text).DefaultIfEmpty("none")).ShouldBe(expected);
    }

    [Fact]
    public void Prereleases_are_taken_only_when_asked_for()
    {
        var rc = PythonVersion.Parse("1.0rc1")!;

        VersionSpecifier.Any.Contains(rc, allowPrereleases: false).ShouldBeFalse();
        VersionSpecifier.Any.Contains(rc, allowPrereleases: true).ShouldBeTrue();
        VersionSpecifier.Parse(">=1.0a1")!.Contains(rc, allowPrereleases: false).ShouldBeTrue();
    }

    [Theory]
    [InlineData("==1.0", true)]
    [InlineData(">=1,==1.0", true)]
    [InlineData("===1.0", true)]
    [InlineData("==1.*", false)]
    [InlineData("<=1.0", false)]
    [InlineData("", false)]
    public void A_pin_is_known_as_such(string text, bool isPin)
    {
        VersionSpecifier.Parse(text)!.IsPin.ShouldBe(isPin);
    }

    [Fact]
    public void The_operators_agree_with_each_other()
    {
        Gen.Select(Version, Version).Sample((named, other) =>
        {
            var version = PythonVersion.Parse(other)!;
            bool Takes(string @operator) =>
                VersionSpecifier.Parse(@operator + named)!.Contains(version, allowPrereleases: true);

            Takes("!=").ShouldBe(!Takes("=="));
            (Takes("<=") && Takes(">=")).ShouldBe(Takes("=="));
            Takes("<").ShouldBe(Takes("<") && Takes("<=") && Takes("!="));
            Takes(">").ShouldBe(Takes(">") && Takes(">=") && Takes("!="));
            (Takes("<") && Takes(">")).ShouldBeFalse();
        });
    }

    [Fact]
    public void Clauses_are_met_together_in_any_order()
    {
        var clause = Gen.Select(
            Gen.Int[0, Operators.Length - 1], Version, (index, version) => Operators[index] + version);
        Gen.Select(clause.Array[0, 4], Version).Sample((clauses, text) =>
        {
            var version = PythonVersion.Parse(text)!;
            var expected = clauses.All(one => VersionSpecifier.Parse(one)!.Contains(version, allowPrereleases: true));
            var joined = clauses.Select(one => VersionSpecifier.Parse(one)!)
                .Aggregate(VersionSpecifier.Any, (all, one) => one.And(all));

            VersionSpecifier.Parse(string.Join(" , ", clauses.Reverse()))!.Contains(version, allowPrereleases: true)
                .ShouldBe(expected);
            joined.Contains(version, allowPrereleases: true).ShouldBe(expected);
            VersionSpecifier.Parse(joined.ToString())!.ToString().ShouldBe(joined.ToString());
        });
    }

    [Fact]
    public void Any_text_is_read_without_an_error()
    {
        Gen.String[Gen.Char["<>=!~.,*0123456789abcrv+- ;é"], 0, 12].Sample(text =>
        {
            _ = VersionSpecifier.Parse(text)?.Contains(PythonVersion.Parse("1.0")!, allowPrereleases: false);
        });
    }
}
