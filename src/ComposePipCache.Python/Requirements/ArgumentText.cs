using System.Text;

namespace ComposePipCache.Python.Requirements;

/// <summary>Cuts text into words as Python's shlex does: quotes and backslashes, and nothing else of a shell.</summary>
internal static class ArgumentText
{
    public static IReadOnlyList<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var isOpen = false;
        for (var position = 0; position < text.Length; position++)
        {
            var character = text[position];
            if (character is ' ' or '\t' or '\r' or '\n')
            {
                if (isOpen)
                {
                    words.Add(word.ToString());
                    word.Clear();
                }

                isOpen = false;
                continue;
            }

            isOpen = true;
            if (character is '\'' or '"')
            {
                position = Quotation(text, position, word);
            }
            else if (character == '\\' && position + 1 < text.Length)
            {
                word.Append(text[++position]);
            }
            else
            {
                word.Append(character);
            }
        }

        if (isOpen)
        {
            words.Add(word.ToString());
        }

        return words;
    }

    private static int Quotation(string text, int start, StringBuilder word)
    {
        var quote = text[start];
        var position = start + 1;
        for (; position < text.Length && text[position] != quote; position++)
        {
            var next = position + 1 < text.Length ? text[position + 1] : '\0';
            if (quote == '"' && text[position] == '\\' && next is '"' or '\\')
            {
                position++;
            }

            word.Append(text[position]);
        }

        return position;
    }
}
