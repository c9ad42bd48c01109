using ComposePipCache.Build.Fallback;
using ComposePipCache.Python.Failures;
using ComposePipCache.Python.Logs;

namespace ComposePipCache.Build.Harvest;

/// <summary>What the user is told of a step that ended well although the network failed it.</summary>
internal static class SuspectWording
{
    /// <summary>One line: what happened, and what will be done about it.</summary>
    public static string Of(PipLogSummary summary) => summary.MissedPages switch
    {
        [var first, ..] pages => $"suspect: {Wording.Count(pages.Count, "index page")} failed ({Phrase(first)}), "
            + "so versions may be older than they should → runs again next time",
        _ => "suspect: the step ended well although the network failed pip → runs again next time",
    };

    /// <summary>The same where the user wants the index or nothing.</summary>
    public static ErrorText Refusal(string target, PipLogSummary summary)
    {
        var cause = summary.MissedPages is [var first, ..] ? $" ({Phrase(first)})" : "";
        return new ErrorText(
            "index-failed",
            $"the index failed{cause}, and {target} took what was on the disk",
            "--online and --strict do not allow that",
            "build again when the index is back: the step is not taken from the build cache; or leave the option out");
    }

    private static string Phrase(PageFailure failure) => (failure.Cause ?? NetworkCause.Unspecified).Phrase();
}
