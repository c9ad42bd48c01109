using System.Globalization;
using System.Text;
using ComposePipCache.BuildKit.Errors;

namespace ComposePipCache.Build.Bake;

/// <summary>Words a failed build as buildx does: the Dockerfile lines, then the daemon's message.</summary>
internal static class SolveErrorText
{
    private const string Rule = "--------------------\n";

    /// <summary>The whole text, with a trailing line feed.</summary>
    /// <param name="failure">What the daemon reported.</param>
    /// <param name="target">The target's name when several are built, else null.</param>
    public static string Render(BuildKitException failure, string? target)
    {
        var text = new StringBuilder();
        foreach (var source in (failure as SolveException)?.Details.Sources ?? [])
        {
            AppendExcerpt(text, source);
        }

        text.Append("ERROR: ");
        if (target is not null)
        {
            text.Append("target ").Append(target).Append(": ");
        }

        return text.Append("failed to solve: ").Append(failure.Message).Append('\n').ToString();
    }

    /// <summary>
    /// One line of context around several lines, two around a single one (buildkit solver/errdefs/source.go).
    /// </summary>
    private static void AppendExcerpt(StringBuilder text, SourceExcerpt source)
    {
        var lines = source.Text.Split('\n');
        if (source.Ranges.Count == 0 || source.Ranges.Min(range => range.First) is < 1 or > int.MaxValue)
        {
            return;
        }

        var first = source.Ranges.Min(range => range.First);
        var last = Math.Min(source.Ranges.Max(range => Math.Max(range.First, range.Last)), lines.Length);
        var context = last == first ? 2 : 1;
        text.Append(CultureInfo.InvariantCulture, $"{source.FileName}:{first}\n").Append(Rule);
        for (var line = Math.Max(1, first - context); line <= Math.Min(lines.Length, last + context); line++)
        {
            var mark = source.Ranges.Any(range => range.First <= line && Math.Max(range.First, range.Last) >= line)
                ? ">>>"
                : "   ";
            text.Append(CultureInfo.InvariantCulture, $" {line,3} | {mark} {lines[line - 1]}\n");
        }

        text.Append(Rule);
    }
}
