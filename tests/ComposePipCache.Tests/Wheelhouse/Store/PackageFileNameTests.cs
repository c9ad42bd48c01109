using ComposePipCache.Wheelhouse.Store;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Wheelhouse.Store;

public class PackageFileNameTests
{
    [Theory]
    [InlineData("foo-1.0-py3-none-any.whl", true, false)]
    [InlineData("foo-1!2.0+local.1-0-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", true, false)]
    [InlineData("Foo-1.0.WHL", true, false)]
    [InlineData("foo-1.0.tar.gz", false, true)]
    [InlineData("foo-1.0.zip", false, true)]
    [InlineData("foo-1.0.tar.bz2", false, true)]
    [InlineData("naïve-1.0.tar.xz", false, true)]
    [InlineData("foo-1.0.egg", false, false)]
    [InlineData("README.txt", false, false)]
    public void The_ending_tells_wheels_from_sdists(string name, bool isWheel, bool isSdist)
    {
        PackageFileName.IsWheel(name).ShouldBe(isWheel);
        PackageFileName.IsSdist(name).ShouldBe(isSdist);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(".whl")]
    [InlineData(".hidden.whl")]
    [InlineData("../foo.whl")]
    [InlineData("a/foo.whl")]
    [InlineData("/foo.whl")]
    [InlineData(@"a\foo.whl")]
    [InlineData("C:foo.whl")]
    [InlineData("foo\0.whl")]
    [InlineData("foo\n.whl")]
    [InlineData("foo\u001b[31m.whl")]
    [InlineData("foo\u0085.whl")]
    [InlineData("\ud800.whl")]
    public void A_name_that_is_more_than_a_name_is_refused(string name) =>
        PackageFileName.IsValid(name).ShouldBeFalse();

    [Theory]
    [InlineData('a', 251, true)]
    [InlineData('a', 252, false)]
    [InlineData('ü', 125, true)]
    [InlineData('ü', 126, false)]
    public void A_name_is_as_long_as_file_systems_take_it(char letter, int count, bool isValid) =>
        PackageFileName.IsValid(new string(letter, count) + ".whl").ShouldBe(isValid);

    [Fact]
    public void Whatever_is_accepted_stays_in_its_folder() =>
        Gen.String[Gen.Char["./\\a\0:-ü "], 0, 12]
            .Select(start => start + ".whl")
            .Sample(name => !PackageFileName.IsValid(name)
                || Path.GetDirectoryName(Path.GetFullPath(Path.Combine("/store", name))) == "/store");
}
