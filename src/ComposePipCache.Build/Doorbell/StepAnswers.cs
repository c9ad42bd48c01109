using ComposePipCache.Build.Passes;

namespace ComposePipCache.Build.Doorbell;

/// <summary>The values of a step's switches.</summary>
internal static class StepAnswers
{
    private const int FirstPipWithLinksPages = 10;

    // One failed try is evidence enough where the wheelhouse can step in.
    private const string FewRetries = "2";
    private const string ShortTimeout = "10";

    /// <summary>Answers every switch of the step.</summary>
    public static IReadOnlyDictionary<string, string> For(PipStep step, AnswerBasis basis) => step.Exec.Secretenv
        .Where(secret => secret.ID.StartsWith(step.SwitchPrefix, StringComparison.Ordinal))
        .ToDictionary(secret => secret.Name, secret => Value(secret.Name, step, basis));

    /// <summary>The answer to a switch of which nothing is known: the author's own value, or none.</summary>
    public static string Neutral(string name, PipStep step) =>
        Switches.CacheFolders.TryGetValue(name, out var folder) ? $"{InjectedMounts.Cache}/{folder}"
        : OwnValue(step, name) is { } own ? own
        : name == "UV_LINK_MODE" ? "copy"
        : "";

    private static string Value(string name, PipStep step, AnswerBasis basis) => name switch
    {
        Switches.FindLinks => FindLinks(step, basis),
        Switches.NoIndex when basis.Mode != StepMode.Online => "1",
        Switches.Log => OwnValue(step, name) ?? InjectedMounts.LogFile,
        // Whatever it is set to, it switches the cache off; only nothing at all leaves it on.
        Switches.NoCacheDir => "",
        Switches.Retries when IsHasty(step, basis, Switches.Retries) => FewRetries,
        Switches.Timeout or Switches.DefaultTimeout
            when IsHasty(step, basis, Switches.Timeout) && IsHasty(step, basis, Switches.DefaultTimeout) => ShortTimeout,
        _ => Neutral(name, step),
    };

    private static bool IsHasty(PipStep step, AnswerBasis basis, string name) =>
        basis is { Mode: StepMode.Online, CanFallBack: true, HasOwnTimes: false } && OwnValue(step, name) is null;

    private static string FindLinks(PipStep step, AnswerBasis basis)
    {
        if (step.Analysis.PrintsFindLinks && basis.PrintsFindLinks)
        {
            return Neutral(Switches.FindLinks, step);
        }

        var ours = basis.PipMajor is { } major and < FirstPipWithLinksPages ? InjectedMounts.Wheels : InjectedMounts.LinksPage;
        // A variable hides the same key of pip's configuration files.
        return (OwnValue(step, Switches.FindLinks) ?? basis.ConfiguredFindLinks) is { Length: > 0 } own
            ? $"{own} {ours}"
            : ours;
    }

    private static string? OwnValue(PipStep step, string name) => step.Exec.Meta.Env
        .LastOrDefault(pair => pair.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];
}
