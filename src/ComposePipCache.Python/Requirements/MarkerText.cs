using System.Text;

namespace ComposePipCache.Python.Requirements;

/// <summary>Environment markers in one spelling: single spaces, double quotes where they can be.</summary>
internal static class MarkerText
{
    private const string Operators = "<>=!~";

    public static string Normalize(string marker)
    {
        var result = new StringBuilder(marker.Length);
        for (var position = 0; position < marker.Length;)
        {
            var character = marker[position];
            if (char.IsWhiteSpace(character))
            {
                position++;
                continue;
            }

            var end = EndOf(marker, position);
            var word = marker.AsSpan(position, end - position);
            var isRequoted = character == '\'' && word.Length > 1 && !word.Contains('"') && word.EndsWith("'");
            result.Append(result.Length > 0 ? " " : "");
            _ = isRequoted ? result.Append('"').Append(word[1..^1]).Append('"') : result.Append(word);
            position = end;
        }

        return result.ToString();
    }

    private static int EndOf(string marker, int position)
    {
        var first = marker[position];
        if (first is '\'' or '"')
        {
            var quote = marker.IndexOf(first, position + 1);
            return quote < 0 ? marker.Length : quote + 1;
        }

        if (first is '(' or ')')
        {
            return position + 1;
        }

        var isOperator = Operators.Contains(first);
        var end = position + 1;
        while (end < marker.Length && !char.IsWhiteSpace(marker[end]) && marker[end] is not ('\'' or '"' or '(' or ')')
            && Operators.Contains(marker[end]) == isOperator)
        {
            end++;
        }

        return end;
    }
}
