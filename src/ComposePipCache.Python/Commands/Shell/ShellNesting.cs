namespace ComposePipCache.Python.Commands.Shell;

/// <summary>Finds where <c>$(…)</c> and <c>${…}</c> end, in one pass and without recursion.</summary>
internal static class ShellNesting
{
    /// <summary>Goes on behind the character that closes what was opened just before the position.</summary>
    /// <returns>The end of the text when nothing closes it.</returns>
    public static int Skip(string text, int position, char closing)
    {
        var open = new Stack<char>();
        open.Push(closing);
        while (position < text.Length)
        {
            var character = text[position++];
            if (character == '\\')
            {
                position++;
            }
            else if (character == open.Peek())
            {
                open.Pop();
                if (open.Count == 0)
                {
                    return position;
                }
            }
            else
            {
                position = open.Peek() == '"'
                    ? Enter(text, position, character, open)
                    : EnterUnquoted(text, position, character, open);
            }
        }

        return text.Length;
    }

    private static int Enter(string text, int position, char character, Stack<char> open)
    {
        if (character == '$' && position < text.Length && text[position] is '(' or '{')
        {
            open.Push(text[position] == '(' ? ')' : '}');
            return position + 1;
        }

        return position;
    }

    private static int EnterUnquoted(string text, int position, char character, Stack<char> open)
    {
        switch (character)
        {
            case '\'':
                return After(text, '\'', position);
            case '"':
                open.Push('"');
                return position;
            case '(':
                open.Push(')');
                return position;
            case '#' when open.Peek() == ')' && (position < 2 || text[position - 2] is ' ' or '\t' or '\n'):
                return After(text, '\n', position);
            default:
                return Enter(text, position, character, open);
        }
    }

    private static int After(string text, char character, int position)
    {
        var found = text.IndexOf(character, position);
        return found < 0 ? text.Length : found + 1;
    }
}
