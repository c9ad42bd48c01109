using System.Text;
using ComposePipCache.Python.Markers;
using ComposePipCache.Python.Resolving;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Resolving;

public class PipReportTests
{
    [Theory]
    [InlineData("pip-23.0.json", "23.0.1")]
    [InlineData("pip-25.1.json", "25.1.1")]
    [InlineData("pip-26.2.json", "26.2.2")]
    public void A_report_names_every_project_with_its_origin(string name, string pip)
    {
        var report = Read(name);

        report.Problem.ShouldBeNull();
        report.PipVersion.ShouldBe(pip);
        report.Projects.Select(project => project.ToString()).Order().ShouldBe(
        [
            "click==8.3.3", "docopt==0.6.2", "flask==2.2.2", "importlib-metadata==8.7.0", "iniconfig==2.1.0",
            "itsdangerous==2.2.0", "jinja2==3.1.6", "markupsafe==2.1.2", "shop==0.3", "six==1.16.0", "tools==0.3",
            "werkzeug==3.1.9", "zipp==3.21.0",
        ]);
        var markupSafe = Find(report, "markupsafe");
        markupSafe.FileName.ShouldBe("MarkupSafe-2.1.2-cp311-cp311-manylinux_2_36_x86_64.whl");
        markupSafe.Url.ShouldBe($"https://index.example/files/{markupSafe.FileName}");
        markupSafe.Sha256.ShouldBe("210097fbbfc1ec3c32a2337b042f6dc84653e2cc973a558160a29b3aab3f45ed");
        (markupSafe.Kind, markupSafe.IsDirect, markupSafe.IsRequested).ShouldBe((ReportedKind.Archive, false, false));
        Find(report, "docopt").FileName.ShouldBe("docopt-0.6.2.tar.gz");
        Find(report, "flask").IsRequested.ShouldBeTrue();
        Find(report, "flask").Requires.Select(requirement => requirement.ToString()).ShouldContain("jinja2>=3.0");
    }

    [Theory]
    [InlineData("pip-23.0.json")]
    [InlineData("pip-26.2.json")]
    public void What_was_not_asked_for_by_name_is_told_apart(string name)
    {
        var report = Read(name);

        var six = Find(report, "six");
        (six.Kind, six.IsDirect).ShouldBe((ReportedKind.Archive, true));
        six.Sha256.ShouldBe("28af510c7adb759e13bb33bfca21066ece73cccf373b9826943a1f18f365c493");
        var shop = Find(report, "shop");
        (shop.Kind, shop.IsDirect, shop.IsEditable).ShouldBe((ReportedKind.Folder, true, true));
        (shop.Url, shop.FileName, shop.Sha256).ShouldBe(("file:///app/proj", null, null));
        var tools = Find(report, "tools");
        (tools.Kind, tools.IsDirect, tools.IsEditable).ShouldBe((ReportedKind.VersionControl, true, false));
        tools.FileName.ShouldBeNull();
    }

    [Fact]
    public void A_file_of_find_links_is_no_download()
    {
        var click = Read("pip-26.2-links.json").Projects.ShouldHaveSingleItem();

        (click.Kind, click.IsDirect).ShouldBe((ReportedKind.LocalArchive, false));
        click.FileName.ShouldBe("click-8.1.8-py3-none-any.whl");
        click.Sha256.ShouldBe("448db38599d3c2fa44e6e957b4efb536263a5c0b52179c2c12ca5f1abb160c1c");
    }

    [Fact]
    public void The_first_format_has_one_hash()
    {
        var report = Parse(
            """
            {"version": "0", "pip_version": "22.2.2", "environment": {}, "install": [{
              "download_info": {
                "url": "https://h/a%2Bb/My_Lib-1.0%2Bcpu.tar.gz",
                "archive_info": {"hash": "sha256=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}},
              "is_direct": false, "requested": true, "metadata": {"name": "My_Lib", "version": "1.0+cpu"}}]}
            """);

        var library = report.Projects.ShouldHaveSingleItem();
        (library.Name, library.Version, library.FileName).ShouldBe(("my-lib", "1.0+cpu", "My_Lib-1.0+cpu.tar.gz"));
        library.Sha256.ShouldBe(new string('a', 64));
    }

    [Fact]
    public void The_environment_decides_markers()
    {
        var environment = MarkerEnvironment.Of(Read("pip-23.0.json").Environment);

        environment.Evaluate("python_full_version == '3.11.7' and platform_release >= '6'", []).ShouldBe(true);
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("<html>", "it is no JSON")]
    [InlineData("{\"version\": \"1\", \"install\": [", "it is no JSON")]
    [InlineData("[]", "it has no list of what to install")]
    [InlineData("{\"version\": \"1\"}", "it has no list of what to install")]
    [InlineData("{\"version\": \"2\", \"install\": []}", "its format is 2, only 0 and 1 are known")]
    [InlineData("{\"version\": \"1\", \"install\": [{}]}", "its entry 1 has no name, version or origin")]
    [InlineData("{\"version\": \"1\", \"install\": [null]}", "its entry 1 has no name, version or origin")]
    public void Anything_else_is_a_problem_with_a_reason(string text, string reason)
    {
        var report = Parse(text);

        report.Problem.ShouldBe($"pip's report cannot be read: {reason}");
        report.Projects.ShouldBeEmpty();
    }

    [Fact]
    public void A_name_that_could_leave_its_folder_is_no_file_name()
    {
        var report = Parse(
            """
            {"version": "1", "install": [{"download_info": {"url": "https://h/..%2F..%2Fx.whl", "archive_info": {}},
              "metadata": {"name": "x", "version": "1"}}]}
            """);

        report.Projects.ShouldHaveSingleItem().FileName.ShouldBeNull();
    }

    [Fact]
    public void Any_bytes_are_read_without_an_error()
    {
        var whole = File.ReadAllBytes(Fixtures.Folder("Reports/pip-23.0.json"));
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Bool).Sample((at, value, isCut) =>
        {
            var bytes = isCut ? whole[..at] : [.. whole];
            if (!isCut)
            {
                bytes[at] = value;
            }

            var report = PipReport.Parse(bytes);
            (report.Problem is null).ShouldBe(report.Projects.Count > 0);
        });
    }

    private static PipReport Read(string name) =>
        PipReport.Parse(File.ReadAllBytes(Fixtures.Folder($"Reports/{name}")));

    private static PipReport Parse(string text) => PipReport.Parse(Encoding.UTF8.GetBytes(text));

    private static ReportedProject Find(PipReport report, string name) =>
        report.Projects.Single(project => project.Name == name);
}
