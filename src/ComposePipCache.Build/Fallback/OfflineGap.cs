using System.Text;
using System.Text.RegularExpressions;
using ComposePipCache.Build.Passes;
using ComposePipCache.BuildKit.Errors;
using ComposePipCache.BuildKit.Llb;
using ComposePipCache.Protocol.Llb;

namespace ComposePipCache.Build.Fallback;

/// <summary>What a build lacks that was asked to do without the network, in words for the user.</summary>
internal static partial class OfflineGap
{
    private const int NamesShown = 5;

    /// <summary>What a pip step lacks; null when that is not why it failed.</summary>
    public static string? Of(StepFailure failure)
    {
        if (failure.Kind != FailureKind.NoSuchPackage)
        {
            return null;
        }

        if (failure.Bell.Prepared is not { Lock: { } stepLock } prepared)
        {
            return $"{Package(failure)} for one: its step was not built with the network yet";
        }

        var offered = prepared.Offered.Select(file => file.Stored.Sha256).ToHashSet(StringComparer.Ordinal);
        var missing = stepLock.Files.Where(file => !offered.Contains(file.Sha256)).Select(file => file.FileName).ToList();
        return missing.Count > 0
            ? $"{missing.Count} of {Wording.Count(stepLock.Files.Count, "file")}: {Names(missing)}"
            : $"{Package(failure)} for one, which its step did not ask for when it was locked";
    }

    /// <summary>What another step or an image lacks; null when the failure has another reason.</summary>
    public static string? Of(Exception failure, LlbGraph? graph)
    {
        if (failure is not BuildKitException)
        {
            return null;
        }

        if (ImageOf(failure) is { } image)
        {
            return $"the image {image}";
        }

        var digest = (failure as SolveException)?.Details.VertexDigest;
        if (digest is null || graph?.Find(digest) is not { Op.OpCase: Op.OpOneofCase.Exec } vertex)
        {
            return null;
        }

        var acts = new PipStepReader(graph).Analyse(vertex).StaysOnline;
        return acts.Count > 0 ? $"the network for {Names([.. acts.Select(act => $"`{act.Excerpt}`").Distinct()])}" : null;
    }

    /// <summary>The image that the daemon could not resolve; null when the failure is another one.</summary>
    public static string? ImageOf(Exception failure) =>
        Image().Match(failure.Message) is { Success: true } image ? image.Groups["name"].Value : null;

    /// <summary>Whole lines that name what all targets lack, and what to do.</summary>
    public static string Advice(IReadOnlyList<(string Target, string Gap)> gaps)
    {
        var text = new StringBuilder("pipcache: this build is offline, and lacks\n");
        foreach (var (target, gap) in gaps)
        {
            text.Append("  ").Append(target).Append(": ").Append(gap).Append('\n');
        }

        return text.Append("build once with the network, without --offline; for wheels, --find-links DIR does as well\n").ToString();
    }

    private static string Package(StepFailure failure) => failure.Phrase.Length > 0 ? failure.Phrase : "a package";

    private static string Names(List<string> names) => names.Count <= NamesShown
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(NamesShown))} and {names.Count - NamesShown} more";

    // "failed to resolve source metadata for docker.io/library/python:3.99: …"
    [GeneratedRegex(@"source metadata for (?<name>\S+?):? ", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Image();
}
