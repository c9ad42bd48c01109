using ComposePipCache.Python.Failures;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Failures;

/// <summary>The verdict on what eight releases of pip print, without PIP_LOG.</summary>
public class ConsoleFixtureTests
{
    private static readonly Dictionary<string, NetworkCause[]> Network = new()
    {
        ["dns"] = [NetworkCause.NameNotResolved],
        ["refused"] = [NetworkCause.Refused],
        ["conntimeout"] = [NetworkCause.TimedOut],
        ["readtimeout"] = [NetworkCause.TimedOut],
        ["idx_close"] = [NetworkCause.Reset],
        ["idx_rst"] = [NetworkCause.Reset],
        ["idx_trunc"] = [NetworkCause.CutShort],
        ["tls_selfsigned"] = [NetworkCause.Tls],
        ["tls_wrongver"] = [NetworkCause.Tls],
        ["proxy_407"] = [NetworkCause.Proxy],
        // pip 26 no longer tells that the refused host was the proxy
        ["proxy_refused"] = [NetworkCause.Proxy, NetworkCause.Refused],
        ["f429"] = [NetworkCause.RateLimited],
        ["f503"] = [NetworkCause.ServerError],
        ["fhang"] = [NetworkCause.TimedOut],
        ["fstall"] = [NetworkCause.TimedOut, NetworkCause.CutShort],
        ["frst"] = [NetworkCause.Reset, NetworkCause.CutShort],
        ["ftrunc"] = [NetworkCause.CutShort, NetworkCause.Damaged],
        ["fnolen"] = [NetworkCause.Damaged],
        ["fshort"] = [NetworkCause.Damaged],
    };

    private static readonly Dictionary<string, OtherCause[]> Other = new()
    {
        ["badhash"] = [OtherCause.HashMismatch],
        ["broken"] = [OtherCause.BuildFailed],
        ["conflict"] = [OtherCause.Conflict],
        ["f404"] = [OtherCause.FileGone],
        ["nohash"] = [OtherCause.HashesRequired],
        ["noindex_missing"] = [OtherCause.NoSuchVersion],
        ["noindex_pep517"] = [OtherCause.BuildFailed, OtherCause.NoSuchVersion],
        ["nover"] = [OtherCause.NoSuchVersion],
        ["pyreq"] = [OtherCause.PythonVersion],
    };

    // a refused page, an absent project and an index in trouble look all the same on the console
    private static readonly HashSet<string> Silent =
        ["idx401", "idx403", "idx429", "idx500", "idx502", "idx503", "idx504", "noproject"];

    public static TheoryData<string, string> All() => [.. Fixtures.Consoles()];

    [Theory]
    [MemberData(nameof(All))]
    public void The_console_gives_the_cause_away_or_nothing(string scenario, string pip)
    {
        var run = Fixtures.Console(scenario, pip);

        var verdict = FailureClassifier.Classify(run);

        if (scenario is "idx500" or "idx503" && pip == "10.0.1")
        {
            // the only one that gives up on such a page
            verdict.ShouldBeOfType<FailureVerdict.Network>().Cause.ShouldBe(NetworkCause.ServerError);
        }
        else if (run.ExitCode == 0 || Silent.Contains(scenario))
        {
            verdict.ShouldBe(new FailureVerdict.Unknown());
        }
        else if (Network.TryGetValue(scenario, out var causes))
        {
            causes.ShouldContain(verdict.ShouldBeOfType<FailureVerdict.Network>().Cause);
        }
        else
        {
            Other[scenario].ShouldContain(verdict.ShouldBeOfType<FailureVerdict.NotNetwork>().Cause);
        }
    }

    [Fact]
    public void All_eight_releases_have_all_scenarios()
    {
        Fixtures.Consoles().Count().ShouldBe(8 * (Network.Count + Other.Count + Silent.Count));
    }
}
