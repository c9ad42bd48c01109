using System.Text;
using ComposePipCache.Build;

namespace ComposePipCache.Cli.Errors;

/// <summary>Gives a failure its final shape, the same on every terminal.</summary>
internal static class ErrorRenderer
{
    public static string Render(ErrorText error)
    {
        var text = new StringBuilder();
        Append(text, "ERROR: ", error.What);
        Append(text, "cause: ", error.Why);
        Append(text, "hint:  ", error.Hint);
        return text.ToString().TrimEnd('\n');
    }

    /// <summary>For what should never have happened: all there is to find the mistake by.</summary>
    public static string RenderBug(Exception error, string version) =>
        $"ERROR: docker pipcache {version} failed, and it is not your fault: {error.Message}\n"
        + $"{error}\n"
        + "hint:  this is a bug in docker pipcache: report it with the lines above";

    // Further lines stand under the text of the first one.
    private static void Append(StringBuilder text, string label, string? part)
    {
        if (part is { Length: > 0 })
        {
            text.Append(label).Append(part.Replace("\n", "\n       ", StringComparison.Ordinal)).Append('\n');
        }
    }
}
