using System.Text;

namespace ComposePipCache.Python.Requirements;

/// <summary>Finds a list of strings in TOML.</summary>
internal static class TomlLists
{
    private const string Blanks = " \t\r\n";

    /// <summary>The strings of <c>key = ["…", '…']</c> in <c>[table]</c>; null where there is none.</summary>
    public static IReadOnlyList<string>? Find(string text, string table, string key)
    {
        var current = "";
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            var line = text.AsSpan(start, end - start).Trim();
            var equals = line.IndexOf('=');
            if (line.StartsWith("["))
            {
                var close = line.IndexOf(']');
                current = close < 0 ? "" : line[1..close].Trim().ToString().Replace("\"", "", StringComparison.Ordinal);
            }
            else if (current == table && equals > 0 && line[..equals].Trim().Trim("\"'").SequenceEqual(key))
            {
                return Strings(text, text.IndexOf('=', start) + 1);
            }

            start = Behind(text, start, end);
        }

        return null;
    }

    // a list goes on over lines, and what stands in it is no key; texts of several lines are not told apart
    private static int Behind(string text, int start, int end)
    {
        var equals = text.IndexOf('=', start, end - start);
        var value = equals < 0 ? -1 : SkipBlanks(text, equals + 1);
        return value >= 0 && value < text.Length && text[value] == '['
            ? Math.Max(Scan(text, value, null), end) + 1
            : end + 1;
    }

    private static List<string>? Strings(string text, int position)
    {
        position = SkipBlanks(text, position);
        var strings = new List<string>();
        return position < text.Length && text[position] == '[' && Scan(text, position, strings) < text.Length
            ? strings
            : null;
    }

    /// <returns>The position of the bracket that closes the list; the text's length when there is none.</returns>
    private static int Scan(string text, int open, List<string>? strings)
    {
        var depth = 0;
        for (var position = open; position < text.Length; position++)
        {
            switch (text[position])
            {
                case '[':
                    depth++;
                    break;
                case ']' when --depth == 0:
                    return position;
                case '#':
                    position = text.IndexOf('\n', position) is >= 0 and var end ? end : text.Length;
                    break;
                case '"' or '\'':
                    position = Quotation(text, position, out var value);
                    strings?.Add(value);
                    break;
            }
        }

        return text.Length;
    }

    private static int Quotation(string text, int start, out string value)
    {
        var result = new StringBuilder();
        var position = start + 1;
        for (; position < text.Length && text[position] != text[start]; position++)
        {
            // requirements have no other escapes than quotes
            position += text[start] == '"' && text[position] == '\\' && position + 1 < text.Length ? 1 : 0;
            result.Append(text[position]);
        }

        value = result.ToString();
        return position;
    }

    private static int SkipBlanks(string text, int position)
    {
        while (position < text.Length && Blanks.Contains(text[position]))
        {
            position++;
        }

        return position;
    }
}
