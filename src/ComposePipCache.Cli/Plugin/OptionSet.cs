namespace ComposePipCache.Cli.Plugin;

/// <summary>The options of one command that take a value, so that a value is not taken for the next word.</summary>
/// <remarks>
/// Follows pflag: <c>--name value</c>, <c>--name=value</c>, <c>-n value</c>, <c>-nvalue</c>, <c>-n=value</c>, and
/// letters in a row of which the last may take a value.
/// </remarks>
internal sealed class OptionSet(IReadOnlyCollection<string> valueNames, string valueLetters)
{
    /// <summary>A dash alone is a value (standard input), two end the options.</summary>
    public static bool IsOption(string word) => word.Length > 1 && word[0] == '-' && word != "--";

    public ReadOption Read(IReadOnlyList<string> words, int at) =>
        words[at].StartsWith("--", StringComparison.Ordinal) ? ReadLong(words, at) : ReadShort(words, at);

    private ReadOption ReadLong(IReadOnlyList<string> words, int at)
    {
        var text = words[at][2..];
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals >= 0)
        {
            return new ReadOption(text[..equals], text[(equals + 1)..], 1);
        }

        return valueNames.Contains(text, StringComparer.Ordinal)
            ? new ReadOption(text, at + 1 < words.Count ? words[at + 1] : null, Math.Min(2, words.Count - at))
            : new ReadOption(text, null, 1);
    }

    private ReadOption ReadShort(IReadOnlyList<string> words, int at)
    {
        var letters = words[at].AsSpan(1);
        var taker = letters.IndexOfAny(valueLetters);
        var equals = letters.IndexOf('=');
        if (taker < 0 || (equals >= 0 && equals < taker))
        {
            return new ReadOption(letters[..1].ToString(), null, 1);
        }

        var name = letters[taker].ToString();
        if (taker + 1 < letters.Length)
        {
            return new ReadOption(name, letters[(taker + 1)..].TrimStart('=').ToString(), 1);
        }

        return new ReadOption(name, at + 1 < words.Count ? words[at + 1] : null, Math.Min(2, words.Count - at));
    }
}
