using System.Buffers;

namespace ComposePipCache.Python.Index;

/// <summary>Walks over the opening tags of a page, each character once. Any text is a page.</summary>
internal ref struct HtmlTags(ReadOnlySpan<char> html)
{
    private const string Blanks = " \t\r\n\f";
    private const string BlanksAndSlash = Blanks + "/";

    private static readonly SearchValues<char> NameEnds = SearchValues.Create(BlanksAndSlash + ">");
    private static readonly SearchValues<char> AttributeNameEnds = SearchValues.Create(BlanksAndSlash + ">=");
    private static readonly SearchValues<char> ValueEnds = SearchValues.Create(Blanks + ">");

    private ReadOnlySpan<char> _rest = html;
    private ReadOnlySpan<char> _name;
    private bool _isInside;

    /// <summary>False for a tag that the page ends in.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Compares the name of the current tag.</summary>
    public readonly bool Is(string name) => _name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Moves into the next opening tag.</summary>
    /// <returns>False at the end of the page.</returns>
    public bool Read()
    {
        while (ReadAttribute(out _, out _))
        {
        }

        // their text is no markup
        if (Is("script") || Is("style"))
        {
            SkipText(_name.ToString());
        }

        while (SkipBehind("<"))
        {
            if (_rest.StartsWith("!--"))
            {
                SkipBehind("-->");
            }
            else if (!_rest.IsEmpty && char.IsAsciiLetter(_rest[0]))
            {
                _name = Take(NameEnds);
                IsComplete = false;
                _isInside = true;
                return true;
            }
        }

        _name = default;
        return false;
    }

    /// <summary>Moves over the next attribute of the tag.</summary>
    /// <param name="name">As it is written.</param>
    /// <param name="value">Without its quotes, entities as they are; empty for a name alone.</param>
    /// <returns>False behind the tag's last attribute.</returns>
    public bool ReadAttribute(out ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        name = default;
        value = default;
        if (!_isInside)
        {
            return false;
        }

        _rest = _rest.TrimStart(BlanksAndSlash);
        if (_rest.IsEmpty || _rest[0] == '>')
        {
            IsComplete = !_rest.IsEmpty;
            _isInside = false;
            return false;
        }

        // an equals sign in front belongs to the name
        var end = _rest[1..].IndexOfAny(AttributeNameEnds);
        name = end < 0 ? _rest : _rest[..(end + 1)];
        _rest = _rest[name.Length..];
        var behind = _rest.TrimStart(Blanks);
        if (!behind.IsEmpty && behind[0] == '=')
        {
            _rest = behind[1..].TrimStart(Blanks);
            value = TakeValue();
        }

        return true;
    }

    private ReadOnlySpan<char> TakeValue()
    {
        if (_rest.IsEmpty || _rest[0] is not ('"' or '\''))
        {
            return Take(ValueEnds);
        }

        var quote = _rest[0];
        _rest = _rest[1..];
        var end = _rest.IndexOf(quote);
        var value = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? default : _rest[(end + 1)..];
        return value;
    }

    private ReadOnlySpan<char> Take(SearchValues<char> ends)
    {
        var end = _rest.IndexOfAny(ends);
        var taken = end < 0 ? _rest : _rest[..end];
        _rest = _rest[taken.Length..];
        return taken;
    }

    private bool SkipBehind(string mark)
    {
        var found = _rest.IndexOf(mark, StringComparison.Ordinal);
        _rest = found < 0 ? default : _rest[(found + mark.Length)..];
        return found >= 0;
    }

    private void SkipText(string name)
    {
        var found = _rest.IndexOf($"</{name}", StringComparison.OrdinalIgnoreCase);
        _rest = found < 0 ? default : _rest[found..];
    }
}
