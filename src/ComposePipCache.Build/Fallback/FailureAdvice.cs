using ComposePipCache.Build.Doorbell;

namespace ComposePipCache.Build.Fallback;

/// <summary>What the user can do about a pip step that failed for good.</summary>
internal static class FailureAdvice
{
    /// <summary>Two or three lines; null where pip's own message says it all.</summary>
    public static string? For(StepFailure failure) => failure.Kind switch
    {
        FailureKind.Network => $"""
            pipcache: the index cannot be reached ({failure.Phrase}): {MoveWording.Kept(failure)} kept
            {Proof(failure)}run the same command again when the network is back: what is kept is not downloaded again

            """,
        FailureKind.NoSuchPackage when failure.Mode == StepMode.Offline => $"""
            pipcache: {Phrase(failure)} is not in the wheelhouse, and this build is offline
            run it once with the network, without --offline, or point --find-links at a folder that has the file

            """,
        _ => null,
    };

    private static string Phrase(StepFailure failure) => failure.Phrase.Length > 0 ? failure.Phrase : "a package";

    private static string Proof(StepFailure failure) => failure.Evidence.Length > 0 ? $"pip said: {failure.Evidence}\n" : "";
}
