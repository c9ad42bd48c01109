using ComposePipCache.TestIndex;
using ComposePipCache.TestIndex.Catalog;
using ComposePipCache.Tests.Wheelhouse;
using ComposePipCache.Tests.Wheelhouse.Downloads;
using ComposePipCache.Wheelhouse.Downloads;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Resolve;

public class IndexRelayTests
{
    private static readonly TinyWheel One = new("one", "1.0") { Requires = ["two"], PayloadSize = 1000 };
    private static readonly TinyWheel Two = new("two", "2.0") { PayloadSize = 300_000 };

    [Theory]
    [MemberData(nameof(PipVersions.All), MemberType = typeof(PipVersions))]
    public async Task Pip_downloads_through_the_relay(string? version)
    {
        await using var home = NewHome();

        var run = await home.PipOfAsync(
            version, "download", "one", "-d", home.At("out"), "-i", home.Index.SimpleUrl);

        run.ShouldSucceed();
        home.FilesIn("out").ShouldBe([One.FileName, Two.FileName]);
        run.Served.Select(file => (file.FileName, file.WasDownloaded))
            .ShouldBe([(One.FileName, true), (Two.FileName, true)]);
        run.Served[1].Sha256.ShouldBe(StoreHome.Sha(Two.Build()));
        home.Index.Log().ShouldAllBe(entry => entry.UserAgent == "docker-pipcache");
    }

    [Theory]
    [MemberData(nameof(PipVersions.All), MemberType = typeof(PipVersions))]
    public async Task What_was_served_once_is_paid_once(string? version)
    {
        await using var home = NewHome();
        (await home.PipOfAsync(
            version, "download", "one", "-d", home.At("out"), "-i", home.Index.SimpleUrl))
            .ShouldSucceed();
        home.Index.ResetCounters();

        var run = await home.PipOfAsync(
            version, "download", "one", "-d", home.At("again"), "-i", home.Index.SimpleUrl);

        run.ShouldSucceed();
        run.Served.ShouldAllBe(file => !file.WasDownloaded);
        home.FilesIn("again").ShouldBe([One.FileName, Two.FileName]);
        var log = home.Index.Log();
        log.ShouldAllBe(entry => entry.Kind == RequestKind.Page && entry.Status == 304 && entry.BodyBytes == 0);
        log.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("/devpi/simple/")]
    [InlineData("/nohash/simple/")]
    public async Task An_index_of_other_manners_is_served_as_well(string path)
    {
        await using var home = NewHome();

        var run = await home.PipAsync("download", "one", "-d", home.At("out"), "-i", home.Index.Url + path);

        run.ShouldSucceed();
        home.FilesIn("out").ShouldBe([One.FileName, Two.FileName]);
        home.FileTargets.Count.ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(PipVersions.All), MemberType = typeof(PipVersions))]
    public async Task Credentials_in_the_address_of_an_index_reach_it_and_are_kept_nowhere(string? version)
    {
        await using var home = NewHome();
        var index = home.Index.Url.Replace("http://", "http://user:password@", StringComparison.Ordinal);

        var run = await home.PipOfAsync(
            version, "download", "one", "-d", home.At("out"), "-i", index + "/private/simple/");

        run.ShouldSucceed();
        home.FilesIn("out").ShouldBe([One.FileName, Two.FileName]);
        ShouldHoldNoCredentials(home);
        run.Served.ShouldAllBe(file => !file.Url.Contains("password", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Credentials_of_a_netrc_file_reach_the_index()
    {
        await using var home = NewHome();
        home.Environment["NETRC"] = home.Home.Write("netrc", "machine 127.0.0.1 login user password password\n");

        var run = await home.PipAsync(
            "download", "one", "-d", home.At("out"), "-i", home.Index.Url + "/private/simple/");

        run.ShouldSucceed();
        home.FilesIn("out").ShouldBe([One.FileName, Two.FileName]);
        ShouldHoldNoCredentials(home);
    }

    [Fact]
    public async Task A_private_page_is_not_shown_to_who_has_no_credentials()
    {
        await using var home = NewHome();
        var documents = home.NewDocuments();
        var index = home.Index.Url + "/private/simple/";
        await using (var relay = await home.StartAsync(documents))
        {
            (await home.PipOnAsync(
                relay, null, "download", "one", "-d", home.At("out"), "-i",
                index.Replace("http://", "http://user:password@", StringComparison.Ordinal))).ShouldSucceed();
        }

        await using var other = await home.StartAsync(documents);
        var run = await home.PipOnAsync(other, null, "download", "one", "-d", home.At("not"), "-i", index);

        run.Exit.ShouldNotBe(0);
        run.Served.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_cut_off_ten_times_is_paid_once()
    {
        await using var home = NewHome(new TinyWheel("two", "2.1") { PayloadSize = 20_000_000 });
        home.Index.AddFault(new FaultRule
        {
            Match = new RequestMatch { Kind = RequestKind.File, Project = "two" },
            Effect = new FaultEffect { Cut = Cut.Reset, CutAfterBytes = 200_000, CutBeforeBytes = 1_800_000 },
            Times = 10,
            Seed = 11,
        });

        var run = await home.PipAsync("download", "two", "-d", home.At("out"), "-i", home.Index.SimpleUrl);

        run.ShouldSucceed();
        var tally = home.Index.Snapshot().Of(RequestKind.File);
        tally.Requests.ShouldBe(11);
        tally.BodyBytes.ShouldBeLessThan((long)(20_000_000 * 1.02));
    }

    [Fact]
    public async Task A_page_that_fails_is_asked_for_again()
    {
        await using var home = NewHome();
        home.Index.AddFault(new FaultRule
        {
            Match = new RequestMatch { Kind = RequestKind.Page },
            Effect = new FaultEffect { Status = 503 },
            Times = 2,
        });

        (await home.PipAsync("download", "one", "-d", home.At("out"), "-i", home.Index.SimpleUrl)).ShouldSucceed();
    }

    [Fact]
    public async Task A_page_that_never_comes_is_told_of()
    {
        await using var home = NewHome();
        home.Index.AddFault(new FaultRule
        {
            Match = new RequestMatch { Kind = RequestKind.Page, Project = "two" },
            Effect = new FaultEffect { Status = 503 },
        });

        var run = await home.PipAsync("download", "one", "-d", home.At("out"), "-i", home.Index.SimpleUrl);

        run.Exit.ShouldNotBe(0);
        var failure = run.Failures.ShouldHaveSingleItem();
        failure.Origin.ShouldBe(home.Index.Url);
        failure.Problem.What.ShouldBe($"cannot read {home.Index.SimpleUrl}two/");
        failure.Message.ShouldBe("the server answers 503 (Service Unavailable)");
    }

    [Fact]
    public async Task A_project_that_is_not_there_is_no_failure_of_the_network()
    {
        await using var home = NewHome();

        var run = await home.PipAsync("download", "three", "-d", home.At("out"), "-i", home.Index.SimpleUrl);

        run.Exit.ShouldNotBe(0);
        run.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_index_that_is_not_there_is_told_of()
    {
        await using var home = NewHome();
        var url = home.Index.SimpleUrl;
        await home.Index.SetModeAsync(ServingMode.Away);

        var run = await home.PipAsync("download", "one", "-d", home.At("out"), "-i", url);

        run.Exit.ShouldNotBe(0);
        run.Failures.ShouldNotBeEmpty();
        run.Failures.ShouldAllBe(failure => failure.Message.Contains("refused", StringComparison.OrdinalIgnoreCase));
    }

    private static PipHome NewHome(params TinyWheel[] more)
    {
        var home = new PipHome
        {
            Time = new HurriedTime(),
            Downloads = new DownloadOptions { StallTimeout = TimeSpan.FromHours(1) },
        };
        foreach (var wheel in (TinyWheel[])[One, Two, .. more])
        {
            wheel.WriteTo(home.Wheels);
        }

        home.Index.Rescan();
        return home;
    }

    private static void ShouldHoldNoCredentials(PipHome home)
    {
        foreach (var path in home.Home.Files().Where(path => !path.EndsWith("owner", StringComparison.Ordinal)))
        {
            var text = File.ReadAllText(Path.Combine(home.Home.Root, path));
            text.ShouldNotContain("password", Case.Sensitive, path);
            text.ShouldNotContain("dXNlcjpwYXNzd29yZA", Case.Sensitive, path);
        }
    }
}
