using ComposePipCache.Python.Logs;
using ComposePipCache.Python.Wheels;
using ComposePipCache.Tests.Cli;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Logs;

public class PipLogReaderTests
{
    public static TheoryData<string> Pips() =>
        [.. Fixtures.Runs("good").Select(run => run.Pip).Distinct()];

    [Theory]
    [MemberData(nameof(Pips))]
    public void The_log_tells_which_files_were_used(string pip)
    {
        var runs = Fixtures.Runs("good").Where(run => run.Pip == pip)
            .Select(run => $"== {run.Scenario}\n{Describe(Read("good", run.Scenario, pip))}");

        Golden.Matches(string.Join("", runs), pip);
    }

    [Theory]
    [MemberData(nameof(Pips))]
    public void Every_file_of_an_index_has_its_url(string pip)
    {
        foreach (var (scenario, _) in Fixtures.Runs("good").Where(run => run.Pip == pip))
        {
            Read("good", scenario, pip).Files.ShouldAllBe(
                file => file.Url != null || file.Source == FileSource.Local, scenario);
        }
    }

    [Theory]
    [MemberData(nameof(Pips))]
    public void A_private_index_leaves_no_credentials(string pip)
    {
        var summary = Read("good", "private-index", pip);

        summary.Files.ShouldAllBe(file => file.NeedsCredentials);
        Describe(summary).ShouldNotContain("@");
    }

    [Theory]
    [MemberData(nameof(Pips))]
    public void The_self_check_is_no_failure(string pip)
    {
        Read("good", "self-check-refused", pip).Failures.ShouldBeEmpty();
        Read("suspect", "downgraded", pip).Failures.ShouldHaveSingleItem().Project.ShouldBe("childx");
    }

    [Fact]
    public void Logs_without_times_are_read_as_well()
    {
        // as pip 10 writes them
        var summary = PipLogReader.Read(new StringReader(
            """
            Looking in indexes: https://user:secret@pypi.example/simple
            Collecting six
              1 location(s) to search for versions of six:
              * https://pypi.example/simple/six/
              Getting page https://pypi.example/simple/six/
              Analyzing links from page https://pypi.example/simple/six/
                Found link https://files.example/p/six-1.17.0-py2.py3-none-any.whl#sha256=4721f391ed90541fddacab5acf947aa0d3dc7d27b2e1e8eda2be8970586c3274 (from https://pypi.example/simple/six/) (requires-python:>=2.7), version: 1.17.0
              Using version 1.17.0 (newest of versions: 1.17.0)
              Using cached https://files.example/p/six-1.17.0-py2.py3-none-any.whl
              Downloading from URL https://files.example/p/six-1.17.0-py2.py3-none-any.whl#sha256=4721f391ed90541fddacab5acf947aa0d3dc7d27b2e1e8eda2be8970586c3274 (from https://pypi.example/simple/six/) (requires-python:>=2.7)
            Installing collected packages: six
            Successfully installed six-1.17.0
            """));

        summary.Files.ShouldBe(
        [
            new LoggedFile(
                "six-1.17.0-py2.py3-none-any.whl",
                "https://files.example/p/six-1.17.0-py2.py3-none-any.whl",
                "4721f391ed90541fddacab5acf947aa0d3dc7d27b2e1e8eda2be8970586c3274",
                FileKind.Wheel,
                FileSource.Index)
            {
                Page = "https://pypi.example/simple/six/",
                IsFromCache = true,
            },
        ]);
        summary.Indexes.ShouldBe(["https://pypi.example/simple"]);
        summary.Installed.ShouldBe(["six-1.17.0"]);
    }

    [Fact]
    public void A_file_is_found_behind_a_requirements_file()
    {
        // as pip 25 and 26 log it in hash mode, without a line of the build tracker
        var summary = PipLogReader.Read(new StringReader(
            """
            2026-01-01T10:00:00,000   Found link file:///w/six-1.17.0-0-py3-none-any.whl (from file:///w/links.html), version: 1.17.0
            2026-01-01T10:00:00,000 Processing ./w/six-1.17.0-0-py3-none-any.whl (from -r /offer/requirements.txt (line 2))
            """));

        var file = summary.Files.ShouldHaveSingleItem();
        (file.Url, file.Source).ShouldBe(("file:///w/six-1.17.0-0-py3-none-any.whl", FileSource.FindLinks));
    }

    [Fact]
    public void Repositories_are_listed_without_credentials()
    {
        var summary = PipLogReader.Read(new StringReader(
            """
            2026-01-01T10:00:00,000 Collecting x@ git+https://t0ken@git.example/x.git@main
            2026-01-01T10:00:00,000   Cloning https://t0ken@git.example/x.git (to revision main) to /tmp/pip-install-1/x
            2026-01-01T10:00:00,000   Added x@ git+https://****@git.example/x.git@main from git+https://****@git.example/x.git@main to build tracker '/tmp/t'
            """));

        summary.Repositories.ShouldBe(["https://git.example/x.git"]);
        summary.Files.ShouldBeEmpty();
    }

    [Fact]
    public void Any_text_is_read_without_an_error()
    {
        string[] pieces =
        [
            "Found link ", "Downloading ", "Downloading link ", "Using cached ", "Processing ", "Added ", " from ",
            "http://",
            "a.whl", "b-1.tar.gz", " (", ")", "#sha256=", " to build tracker ", "Created wheel for ", ": filename=x size=",
            "Could not fetch URL ", ": ", "2026-11-22T18:50:37,613 ", "  ", "\u001b[1m", "@", "%zz", "://", "Cloning ", "hg ",
            "Looking in indexes: ", "\n", "Stored in directory: ", "Running command x", "x exited with 1",
        ];

        Gen.Int[0, pieces.Length - 1].Select(index => pieces[index]).Array[0, 30].Sample(parts =>
        {
            var text = string.Concat(parts);
            PipLogReader.Read(new StringReader(text));
            FailedBuild.Last(new StringReader(text));
        });
    }

    private static PipLogSummary Read(string kind, string scenario, string pip) =>
        PipLogReader.Read(new StringReader(Fixtures.Log(kind, scenario, pip)));

    private static string Describe(PipLogSummary summary)
    {
        var pips = string.Join(" ", summary.PipVersions);
        var lines = new List<string> { $"pip {pips}, satisfied {summary.SatisfiedCount}" };
        lines.AddRange(summary.Files.Select(file =>
            $"{file.Source} {file.FileName}" +
            (file.Sha256 is null ? "" : " sha256") + (file.IsFromCache ? " cached" : "") +
            (file.NeedsCredentials ? " private" : "") +
            $"\n    {file.Url}" + (file.Page is null ? "" : $"\n    {file.Page}")));
        lines.AddRange(summary.BuiltWheels.Select(wheel =>
            $"built {wheel.FileName}{(wheel.IsEditable ? " editable" : "")}{(wheel.Size > 0 ? "" : " empty")}" +
            $" {(wheel.Sha256.Length == 64 ? "sha256" : "no hash")}"));
        lines.Add($"installed {string.Join(" ", summary.Installed)}");
        return string.Concat(lines.Select(line => line + "\n"));
    }
}
