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
        _ => null,
    };

    private static string Proof(StepFailure failure) => failure.Evidence.Length > 0 ? $"pip said: {failure.Evidence}\n" : "";
}
