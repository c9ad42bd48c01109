namespace ComposePipCache.Python.Failures;

/// <summary>Decides whether the network made a step fail.</summary>
/// <remarks>
/// pip hides failed index pages: the console ends in "No matching distribution", as for a misspelt name, and only
/// PIP_LOG names the page. So PIP_LOG is asked first, then the console; without either the verdict is Unknown.
/// </remarks>
public static class FailureClassifier
{
    // 128 + SIGINT, SIGABRT, SIGKILL, SIGSEGV, SIGTERM
    private static readonly int[] Signals = [130, 134, 137, 139, 143];

    public static FailureVerdict Classify(FailedRun run)
    {
        if (run.ExitCode == 0)
        {
            return new FailureVerdict.Unknown();
        }

        if (Array.IndexOf(Signals, run.ExitCode) >= 0)
        {
            return new FailureVerdict.NotNetwork(OtherCause.Killed, "");
        }

        var console = EvidenceScanner.Scan(run.Console, run.RequiredHashes);
        return run.PipLog is { Length: > 0 } text
            ? Judge(EvidenceScanner.Scan(text, run.RequiredHashes), console)
            : Judge(null, console);
    }

    private static FailureVerdict Judge(EvidenceScanner? log, EvidenceScanner console)
    {
        IReadOnlyList<NetworkEvidence> network = [.. log?.Network ?? [], .. console.Network];
        IReadOnlyList<OtherEvidence> other = [.. log?.Other ?? [], .. console.Other];
        var firm = MostTelling(other.Where(evidence => evidence.IsFirm));
        if (Decisive(network, firm) is { } certain)
        {
            return new FailureVerdict.Network(certain);
        }

        if (firm is not null)
        {
            return NotNetwork(firm);
        }

        var likely = network.FirstOrDefault(evidence => IsLikely(evidence, log));
        if (likely is not null)
        {
            return new FailureVerdict.Network(likely);
        }

        return other.FirstOrDefault(evidence => IsTold(evidence, log, console)) is { } open
            ? NotNetwork(open)
            : new FailureVerdict.Unknown();
    }

    private static NetworkEvidence? Decisive(IReadOnlyList<NetworkEvidence> network, OtherEvidence? firm)
    {
        // a failed download of another command is decisive for a build that failed, not for a missing file
        var certain = network
            .Where(evidence => evidence.Strength == EvidenceStrength.Certain)
            .Where(evidence => evidence.Origin == EvidenceOrigin.Installer
                || firm is null or { Cause: OtherCause.BuildFailed })
            .ToList();
        return certain.Count == 0
            ? null
            : certain.Find(evidence => evidence.Cause == NetworkCause.DamagedInCache)
                ?? certain.Find(IsSpecific)
                ?? network.FirstOrDefault(IsLikelyAndSpecific)
                ?? certain[0];
    }

    private static bool IsSpecific(NetworkEvidence evidence) => evidence.Cause != NetworkCause.Unspecified;

    private static bool IsLikelyAndSpecific(NetworkEvidence evidence) =>
        evidence.Strength == EvidenceStrength.Likely && IsSpecific(evidence);

    // With PIP_LOG a last try that failed has left a sentence of its own there.
    private static bool IsLikely(NetworkEvidence evidence, EvidenceScanner? log) =>
        evidence.Strength == EvidenceStrength.Likely &&
        (log is null || !evidence.Line.StartsWith("Retrying ", StringComparison.Ordinal));

    // A build that failed for a full disk says both.
    private static OtherEvidence? MostTelling(IEnumerable<OtherEvidence> firm) =>
        firm.OrderBy(evidence => evidence.Cause switch
        {
            OtherCause.DiskFull => 0,
            OtherCause.BuildFailed => 2,
            _ => 1,
        }).FirstOrDefault();

    // "(from versions: none)" is what a dead index looks like on the console
    private static bool IsTold(OtherEvidence evidence, EvidenceScanner? log, EvidenceScanner console) =>
        evidence.Cause != OtherCause.NoSuchVersion
        || log?.Other.Any(logged => logged.Cause == OtherCause.NoSuchVersion) == true
        || console.IsWithoutIndex
        || console.Other.Any(printed => printed.Line.Contains("(from versions: ", StringComparison.Ordinal)
            && !printed.Line.Contains("(from versions: )", StringComparison.Ordinal)
            && !printed.Line.Contains("(from versions: none)", StringComparison.Ordinal));

    private static FailureVerdict.NotNetwork NotNetwork(OtherEvidence evidence) => new(evidence.Cause, evidence.Line);
}
