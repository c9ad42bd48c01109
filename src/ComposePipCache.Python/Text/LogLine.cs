namespace ComposePipCache.Python.Text;

/// <summary>One printed or logged line without its time, its colours, its indent and pip's level prefix.</summary>
internal readonly record struct LogLine(string Text, int Indent, bool HasTime)
{
    private const char Escape = '\u001b';

    private static readonly string[] Levels = ["WARNING: ", "ERROR: "];

    public static LogLine Parse(string line)
    {
        if (line.Contains(Escape, StringComparison.Ordinal))
        {
            line = WithoutColours(line);
        }

        var start = TimeLength(line);
        var hasTime = start > 0;
        var indent = start;
        while (indent < line.Length && line[indent] is ' ' or '\t')
        {
            indent++;
        }

        var text = line.AsSpan(indent).TrimEnd();
        foreach (var level in Levels)
        {
            // "ERROR: ERROR: " comes from a child pip whose text the parent repeats
            while (text.StartsWith(level, StringComparison.Ordinal))
            {
                text = text[level.Length..].TrimStart();
            }
        }

        return new LogLine(text.ToString(), indent - start, hasTime);
    }

    public bool Starts(string prefix) => Text.StartsWith(prefix, StringComparison.Ordinal);

    public bool Has(string part) => Text.Contains(part, StringComparison.Ordinal);

    // 2026-11-22T18:50:37,613 and a space; pip 19 logs no milliseconds, older ones no time at all
    private static int TimeLength(string line)
    {
        const string Seconds = "0000-00-00T00:00:00";
        if (line.Length <= Seconds.Length)
        {
            return 0;
        }

        for (var i = 0; i < Seconds.Length; i++)
        {
            var fits = Seconds[i] == '0' ? char.IsAsciiDigit(line[i]) : line[i] == Seconds[i];
            if (!fits)
            {
                return 0;
            }
        }

        var end = Seconds.Length;
        if (line[end] == ',')
        {
            end++;
            while (end < line.Length && char.IsAsciiDigit(line[end]))
            {
                end++;
            }
        }

        return end < line.Length && line[end] == ' ' ? end + 1 : 0;
    }

    private static string WithoutColours(string line)
    {
        var plain = new System.Text.StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != Escape)
            {
                plain.Append(line[i]);
                continue;
            }

            // ESC [ parameters letter
            i++;
            while (i < line.Length && !char.IsAsciiLetter(line[i]))
            {
                i++;
            }
        }

        return plain.ToString();
    }
}
