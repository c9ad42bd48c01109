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

    private static string Phrase(PageFailure failure) => (failure.Cause ?? NetworkCause.Unspecified).Phrase();
}
