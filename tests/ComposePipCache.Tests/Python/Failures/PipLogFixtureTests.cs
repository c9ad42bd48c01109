using ComposePipCache.Python.Failures;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Failures;

/// <summary>The verdict on runs of three pips with PIP_LOG.</summary>
public class PipLogFixtureTests
{
    // the console alone shows nothing, or less than these
    private static readonly (string Start, NetworkCause[] Causes)[] Network =
    [
        ("page-dns", [NetworkCause.NameNotResolved]),
        ("page-refused", [NetworkCause.Refused]),
        ("page-unreachable", [NetworkCause.Unreachable]),
        ("page-connect-timeout", [NetworkCause.TimedOut]),
        ("page-read-timeout", [NetworkCause.TimedOut]),
        ("page-429", [NetworkCause.RateLimited]),
        ("page-5", [NetworkCause.ServerError]),
        ("page-reset", [NetworkCause.Reset]),
        ("page-close", [NetworkCause.Reset]),
        ("page-cut", [NetworkCause.CutShort, NetworkCause.Reset, NetworkCause.NotAnIndexPage]),
        ("page-portal", [NetworkCause.NotAnIndexPage]),
        ("tls-stall", [NetworkCause.TimedOut, NetworkCause.Tls]),
        ("tls-to-plain", [NetworkCause.TimedOut, NetworkCause.Tls]),
        ("tls-abort", [NetworkCause.Reset, NetworkCause.Tls]),
        ("tls-", [NetworkCause.Tls]),
        ("proxy-dns", [NetworkCause.Proxy, NetworkCause.NameNotResolved]),
        ("proxy-", [NetworkCause.Proxy, NetworkCause.Refused]),
        ("file-429", [NetworkCause.RateLimited]),
        ("file-500", [NetworkCause.ServerError]),
        ("file-503", [NetworkCause.ServerError]),
        ("file-dns", [NetworkCause.NameNotResolved]),
        ("file-hang", [NetworkCause.TimedOut]),
        ("file-stall", [NetworkCause.TimedOut, NetworkCause.CutShort]),
        ("file-reset", [NetworkCause.Reset, NetworkCause.CutShort]),
        ("file-c", [NetworkCause.CutShort, NetworkCause.Damaged]),
        ("file-until-close", [NetworkCause.CutShort, NetworkCause.Damaged]),
        ("file-short", [NetworkCause.Damaged]),
        ("file-flipped", [NetworkCause.Damaged]),
        ("file-poisoned-cache", [NetworkCause.DamagedInCache]),
        ("metadata-503", [NetworkCause.ServerError]),
        ("build-dependencies-refused", [NetworkCause.Refused]),
        ("build-dependencies-503", [NetworkCause.ServerError]),
        ("build-script-dns", [NetworkCause.NameNotResolved]),
        ("direct-url-refused", [NetworkCause.Refused]),
        ("requirements-url-dns", [NetworkCause.NameNotResolved]),
        ("second-index-refused", [NetworkCause.Refused]),
        ("retries-none", [NetworkCause.Reset]),
    ];

    private static readonly Dictionary<string, OtherCause[]> Other = new()
    {
        ["no-project"] = [OtherCause.NoSuchVersion],
        ["no-version"] = [OtherCause.NoSuchVersion],
        ["conflict"] = [OtherCause.Conflict],
        ["bad-hash"] = [OtherCause.HashMismatch],
        ["no-hash"] = [OtherCause.HashesRequired],
        ["build-failed"] = [OtherCause.BuildFailed],
        ["python-required"] = [OtherCause.PythonVersion, OtherCause.NoSuchVersion],
        ["page-401"] = [OtherCause.AccessDenied],
        ["page-403"] = [OtherCause.AccessDenied],
        ["page-private"] = [OtherCause.AccessDenied],
        ["page-404"] = [OtherCause.NoSuchVersion],
        ["file-401"] = [OtherCause.AccessDenied],
        ["file-403"] = [OtherCause.AccessDenied],
        ["file-404"] = [OtherCause.FileGone],
        ["externally-managed"] = [OtherCause.ExternallyManaged],
        ["disk-full"] = [OtherCause.DiskFull],
        ["wrong-platform"] = [OtherCause.UnsupportedWheel],
        ["no-index"] = [OtherCause.NoSuchVersion],
        ["no-index-build"] = [OtherCause.BuildFailed],
        ["invalid-requirement"] = [OtherCause.InvalidRequirement],
        ["no-such-file"] = [OtherCause.MissingFile],
        ["unknown-option"] = [OtherCause.Usage],
        ["untrusted-host"] = [OtherCause.UntrustedHost],
        ["recovered-then-no-version"] = [OtherCause.NoSuchVersion],
        ["recovered-then-build-failed"] = [OtherCause.BuildFailed],
        ["self-check-503"] = [OtherCause.NoSuchVersion],
    };

    public static TheoryData<string, string> NetworkRuns() => [.. Fixtures.Runs("network")];

    public static TheoryData<string, string> OtherRuns() => [.. Fixtures.Runs("other")];

    public static TheoryData<string, string> SuspectRuns() => [.. Fixtures.Runs("suspect")];

    public static TheoryData<string, string> GoodRuns() => [.. Fixtures.Runs("good")];

    [Theory]
    [MemberData(nameof(NetworkRuns))]
    public void No_network_failure_is_missed_with_PIP_LOG(string scenario, string pip)
    {
        var run = Fixtures.Run("network", scenario, pip);

        var verdict = FailureClassifier.Classify(run);

        if (run.ExitCode == 0)
        {
            // it does not ask for metadata files, so nothing failed
            (scenario, pip).ShouldBe(("metadata-503", "23.0.1"));
            return;
        }

        var evidence = verdict.ShouldBeOfType<FailureVerdict.Network>().Evidence;
        Network.First(expected => scenario.StartsWith(expected.Start, StringComparison.Ordinal))
            .Causes.ShouldContain(evidence.Cause, evidence.Line);
    }

    [Theory]
    [MemberData(nameof(OtherRuns))]
    public void Nothing_else_is_taken_for_a_network_failure(string scenario, string pip)
    {
        var verdict = FailureClassifier.Classify(Fixtures.Run("other", scenario, pip));

        Other[scenario].ShouldContain(verdict.ShouldBeOfType<FailureVerdict.NotNetwork>().Cause);
    }

    [Theory]
    [MemberData(nameof(SuspectRuns))]
    public void A_success_with_a_lost_page_is_suspect(string scenario, string pip)
    {
        Fixtures.Run("suspect", scenario, pip).ExitCode.ShouldBe(0);

        var suspect = SuspectRun.Find(new StringReader(Fixtures.Log("suspect", scenario, pip)));

        suspect.ShouldNotBeNull().Pages.ShouldHaveSingleItem()
            .Project.ShouldBe(scenario.StartsWith("downgraded", StringComparison.Ordinal) ? "childx" : "alpha");
    }

    [Theory]
    [MemberData(nameof(GoodRuns))]
    public void A_success_is_not_suspect(string scenario, string pip)
    {
        Fixtures.Run("good", scenario, pip).ExitCode.ShouldBe(0);

        SuspectRun.Find(new StringReader(Fixtures.Log("good", scenario, pip))).ShouldBeNull();
    }

    [Fact]
    public void No_verdict_shows_a_password()
    {
        foreach (var (scenario, pip) in Fixtures.Runs("network"))
        {
            var verdict = FailureClassifier.Classify(Fixtures.Run("network", scenario, pip));

            verdict.ToString().ShouldNotContain("hunter2");
        }
    }
}
