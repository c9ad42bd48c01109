using ComposePipCache.Python.Commands;
using ComposePipCache.Python.Text;

namespace ComposePipCache.Python.Logs;

/// <summary>What a build backend printed before it failed.</summary>
/// <remarks>
/// With PIP_LOG set pip writes this to the log alone and prints "See above for output" or "No available output" on the
/// console: whoever sets PIP_LOG has to show these lines.
/// </remarks>
public sealed record FailedBuild(string Step, IReadOnlyList<string> Output)
{
    private const int MostLines = 400;
    private const string Running = "Running command ";

    /// <summary>The last one of the log, its last 400 lines; null where no build failed.</summary>
    public static FailedBuild? Last(TextReader pipLog)
    {
        FailedBuild? last = null;
        string? step = null;
        var indent = 0;
        var output = new Queue<string>();
        while (pipLog.ReadLine() is { } raw)
        {
            var line = LogLine.Parse(raw);
            if (line.Starts(Running))
            {
                (step, indent) = (line.Text[Running.Length..], line.Indent);
                output.Clear();
            }
            else if (step is not null && IsEnd(line.Text, step))
            {
                last = new FailedBuild(step, [.. output]);
                step = null;
            }
            else if (step is not null && line.Indent >= indent)
            {
                Keep(output, new string(' ', line.Indent - indent) + UrlCredentials.Redact(line.Text));
            }
        }

        return last;
    }

    private static void Keep(Queue<string> output, string line)
    {
        output.Enqueue(line);
        if (output.Count > MostLines)
        {
            output.Dequeue();
        }
    }

    // pip 22 to 24 log the mark of their own renderer
    private static bool IsEnd(string text, string step)
    {
        const string Mark = "[present-rich] ";
        var plain = text.StartsWith(Mark, StringComparison.Ordinal) ? text[Mark.Length..] : text;
        return plain.StartsWith($"{step} exited with ", StringComparison.Ordinal);
    }
}
