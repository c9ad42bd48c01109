using ComposePipCache.Build.Doorbell;
using ComposePipCache.Build.Doorbell.Containers;
using ComposePipCache.Build.Harvest;
using ComposePipCache.Build.Passes;
using ComposePipCache.BuildKit.Errors;
using ComposePipCache.Python.Failures;

namespace ComposePipCache.Build.Fallback;

/// <summary>Finds out why a step failed.</summary>
internal static class StepJudge
{
    private static readonly string[] BeforePackage = ["satisfies the requirement ", "No matching distribution found for "];

    /// <summary>The verdict on a step.</summary>
    /// <param name="bell">The step.</param>
    /// <param name="failure">What the daemon said.</param>
    /// <param name="console">What the step printed.</param>
    /// <param name="harvest">What it left behind; null where it never began.</param>
    public static StepFailure Judge(StepBell bell, BuildKitException failure, string console, HarvestedStep? harvest)
    {
        if (bell.Failure is IndexUnreachableException unreachable)
        {
            return Unreachable(bell, unreachable);
        }

        if (bell.Prepared is not { } prepared)
        {
            return new StepFailure
            {
                Bell = bell,
                Mode = StepMode.Online,
                Kind = FailureKind.NotServed,
                MayPass = bell.Failure is SeedException { Failure: SeedFailure.Stopped },
                Phrase = Phrase(bell.Failure ?? failure).ReplaceLineEndings(" "),
            };
        }

        var (kind, phrase, evidence) = harvest?.Mended is [var damaged, ..]
            ? (FailureKind.Mended, damaged, "")
            : Classify(failure, console, harvest?.PipLog, prepared.Mode, Selectors(bell.Step));
        return new StepFailure
        {
            Bell = bell,
            Prepared = prepared,
            Mode = prepared.Mode,
            Kind = kind,
            Phrase = phrase,
            Evidence = evidence,
            CanGoOffline = prepared.CanGoOffline,
            KeptCount = harvest?.KeptCount ?? 0,
            NeededCount = Math.Max(prepared.RequirementCount, harvest?.WantedCount ?? 0),
        };
    }

    private static StepFailure Unreachable(StepBell bell, IndexUnreachableException failure) => new()
    {
        Bell = bell,
        Mode = StepMode.Online,
        Kind = FailureKind.Network,
        Phrase = failure.Reason,
        Prepared = failure.Prepared,
        CanGoOffline = failure.Prepared?.CanGoOffline == true,
        KeptCount = failure.KeptCount,
        NeededCount = failure.NeededCount,
    };

    private static (FailureKind Kind, string Phrase, string Evidence) Classify(
        BuildKitException failure, string console, string? pipLog, StepMode mode, IReadOnlyList<string> selectors)
    {
        if (failure is not SolveException { Details.ExitCode: { } exitCode })
        {
            // `open /views/public/…: no such file or directory`: a prune came between the bell and the start.
            return selectors.Any(selector => failure.Message.Contains(selector + ":", StringComparison.Ordinal))
                ? (FailureKind.ViewMissing, "", "")
                : (FailureKind.NotNetwork, failure.Message, "");
        }

        return FailureClassifier.Classify(new FailedRun(exitCode, pipLog, console)) switch
        {
            FailureVerdict.Network network => (FailureKind.Network, network.Evidence.Phrase, network.Evidence.Line),
            FailureVerdict.NotNetwork { Cause: OtherCause.NoSuchVersion or OtherCause.MissingOffline } missing
                when mode != StepMode.Online => (FailureKind.NoSuchPackage, Package(missing.Evidence), missing.Evidence),
            FailureVerdict.NotNetwork other => (FailureKind.NotNetwork, other.Cause.ToString(), other.Evidence),
            _ => (FailureKind.NotNetwork, "", ""),
        };
    }

    private static string Phrase(Exception failure) => failure is PipCacheException { Text: { Why: { } why } text }
        ? $"{text.What}: {why}"
        : failure.Message;

    private static List<string> Selectors(PipStep step) =>
        [.. step.Exec.Mounts.Where(mount => mount.Dest.StartsWith(InjectedMounts.Root, StringComparison.Ordinal))
            .Select(mount => mount.Selector)];

    private static string Package(string line)
    {
        foreach (var mark in BeforePackage)
        {
            var start = line.IndexOf(mark, StringComparison.Ordinal);
            if (start >= 0)
            {
                return line[(start + mark.Length)..].Split(" (")[0].Trim();
            }
        }

        return "";
    }
}
