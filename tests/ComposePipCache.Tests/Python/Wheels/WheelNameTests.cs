using System.Text;
using ComposePipCache.Python.Wheels;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Wheels;

public class WheelNameTests
{
    [Fact]
    public void A_name_is_taken_apart()
    {
        var wheel = WheelName.Parse("Flask_SQLAlchemy-3.1.1-2a-py2.py3-none-any.whl").ShouldNotBeNull();

        wheel.Name.ShouldBe("Flask_SQLAlchemy");
        wheel.Project.ShouldBe("flask-sqlalchemy");
        wheel.Version.Text.ShouldBe("3.1.1");
        wheel.Build.ShouldBe(new BuildTag("2a"));
        wheel.Tags.ShouldBe([new("py2", "none", "any"), new("py3", "none", "any")]);
        wheel.IsPure.ShouldBeTrue();
    }

    [Theory]
    [InlineData("torch-2.5.1+cu121-cp311-cp311-linux_x86_64.whl", "torch", "2.5.1+cu121", 1)]
    [InlineData("numpy-2.2.4-cp313-cp313-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", "numpy", "2.2.4", 2)]
    [InlineData("zope.interface-5.0-cp39.cp310-abi3.none-win32.win_amd64.whl", "zope-interface", "5.0", 8)]
    [InlineData("foo-1.0_1-py3-none-any.whl", "foo", "1.0.post1", 1)]
    [InlineData("naïve-1-py3-none-any.WHL", "naïve", "1", 1)]
    public void Names_in_use_are_accepted(string name, string project, string version, int tags)
    {
        var wheel = WheelName.Parse(name).ShouldNotBeNull();

        (wheel.Project, wheel.Version.Text, wheel.Tags.Count).ShouldBe((project, version, tags));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".whl")]
    [InlineData("foo-1.0.tar.gz")]
    [InlineData("foo-1.0-py3-none.whl")]
    [InlineData("foo-1.0-1-2-py3-none-any.whl")]
    [InlineData("foo-1.0-x1-py3-none-any.whl")]
    [InlineData("foo--py3-none-any.whl")]
    [InlineData("-1.0-py3-none-any.whl")]
    [InlineData("foo__bar-1.0-py3-none-any.whl")]
    [InlineData("foo-what-py3-none-any.whl")]
    [InlineData("../foo-1.0-py3-none-any.whl")]
    [InlineData("..\\foo-1.0-py3-none-any.whl")]
    [InlineData(".foo-1.0-py3-none-any.whl")]
    [InlineData("foo\n-1.0-py3-none-any.whl")]
    [InlineData("foo-1.0-py3-none-a\0ny.whl")]
    [InlineData("foo-1.0-py3-none-.whl")]
    [InlineData("foo-1.0-py3..py2-none-any.whl")]
    [InlineData("foo-1.0-py3-none-any .whl")]
    public void Other_names_are_refused(string name)
    {
        WheelName.Parse(name).ShouldBeNull();
    }

    [Fact]
    public void A_name_longer_than_file_systems_take_is_refused()
    {
        const string Rest = "-1.0-py3-none-any.whl";

        WheelName.Parse(new string('a', FileName.LongestInBytes - Rest.Length) + Rest).ShouldNotBeNull();
        WheelName.Parse(new string('a', FileName.LongestInBytes - Rest.Length + 1) + Rest).ShouldBeNull();
        WheelName.Parse(new string('é', FileName.LongestInBytes / 2) + Rest).ShouldBeNull();
    }

    [Fact]
    public void Tags_that_multiply_without_end_are_refused()
    {
        var many = string.Join('.', Enumerable.Range(10, 40));

        WheelName.Parse($"foo-1.0-{many}-{many[..60]}-{many[..30]}.whl").ShouldBeNull();
    }

    [Fact]
    public void No_accepted_name_leaves_its_folder()
    {
        var root = Path.GetFullPath("/wheels/");
        var odd = Gen.Char["-./\\:\0\u0001\u007f\u0085 ~abz019_+é\ud800%&'\""];
        Gen.String[odd, 0, 8].Select(Gen.Int[0, 24], (noise, at) => "foo-1.0-py3-none-any.whl".Insert(at, noise))
            .Sample(name =>
            {
                if (WheelName.Parse(name) is not null || SdistName.Parse(name.Replace(".whl", ".zip")) is not null)
                {
                    Path.GetDirectoryName(Path.GetFullPath(Path.Combine(root, name))).ShouldBe("/wheels");
                    Encoding.UTF8.GetByteCount(name).ShouldBeLessThanOrEqualTo(FileName.LongestInBytes);
                }
            });
    }

    [Theory]
    [InlineData("six-1.17.0.tar.gz", null, "six", "1.17.0")]
    [InlineData("zope.interface-5.0.zip", null, "zope-interface", "5.0")]
    [InlineData("python-dateutil-2.9.0.post0.tar.gz", null, "python-dateutil", "2.9.0.post0")]
    [InlineData("foo-1.0-beta1.tar.gz", null, "foo", "1.0b1")]
    [InlineData("foo-2-1.0.tar.gz", "foo-2", "foo-2", "1.0")]
    [InlineData("foo-2-1.tar.gz", "Foo", "foo", "2.post1")]
    [InlineData("docutils-0.21.2.tgz", null, "docutils", "0.21.2")]
    public void Source_distributions_tell_project_and_version(
        string name, string? wanted, string project, string version)
    {
        var sdist = SdistName.Parse(name, wanted).ShouldNotBeNull();

        (sdist.Project, sdist.Version.Text).ShouldBe((project, version));
    }

    [Theory]
    [InlineData("six.tar.gz", null)]
    [InlineData("six-final.tar.gz", null)]
    [InlineData("six-1.17.0.exe", null)]
    [InlineData("six-1.17.0.tar.gz", "seven")]
    [InlineData("../six-1.17.0.tar.gz", null)]
    public void Other_archives_are_refused(string name, string? wanted)
    {
        SdistName.Parse(name, wanted).ShouldBeNull();
    }
}
