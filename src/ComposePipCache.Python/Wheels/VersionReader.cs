using System.Globalization;

namespace ComposePipCache.Python.Wheels;

/// <summary>Reads PEP 440 in all the spellings it allows, each once from left to right.</summary>
internal sealed class VersionReader
{
    private static readonly (string Word, string Phase)[] Phases =
    [
        ("alpha", "a"), ("a", "a"), ("beta", "b"), ("b", "b"),
        ("preview", "rc"), ("pre", "rc"), ("c", "rc"), ("rc", "rc"),
    ];

    private static readonly string[] PostWords = ["post", "rev", "r"];

    private readonly string _text;
    private int _at;
    private bool _isBroken;

    public VersionReader(string text)
    {
        _text = text.Trim().ToLowerInvariant();
    }

    public VersionParts? Read()
    {
        Take('v');
        var first = Number();
        var epoch = first;
        if (first is not null && Take('!'))
        {
            first = Number();
        }
        else
        {
            epoch = 0;
        }

        if (first is null || epoch is null)
        {
            return null;
        }

        var parts = new VersionParts(epoch.Value, Release(first.Value)) { Pre = Pre() };
        parts = parts with { Post = Post() };
        parts = parts with { Dev = Dev() };
        parts = parts with { Local = Local() };
        return _at == _text.Length && !_isBroken ? parts : null;
    }

    private List<ulong> Release(ulong first)
    {
        var release = new List<ulong> { first };
        while (_at + 1 < _text.Length && _text[_at] == '.' && char.IsAsciiDigit(_text[_at + 1]))
        {
            _at++;
            release.Add(Number() ?? 0);
        }

        return release;
    }

    private (string Phase, ulong Number)? Pre()
    {
        var start = _at;
        TakeSeparator();
        foreach (var (word, phase) in Phases)
        {
            if (Take(word))
            {
                return (phase, NumberBehind());
            }
        }

        _at = start;
        return null;
    }

    private ulong? Post()
    {
        var start = _at;
        if (Take('-') && Number() is { } bare)
        {
            return bare;
        }

        _at = start;
        TakeSeparator();
        if (Array.Exists(PostWords, Take))
        {
            return NumberBehind();
        }

        _at = start;
        return null;
    }

    private ulong? Dev()
    {
        var start = _at;
        TakeSeparator();
        if (Take("dev"))
        {
            return NumberBehind();
        }

        _at = start;
        return null;
    }

    private string[] Local()
    {
        if (!Take('+'))
        {
            return [];
        }

        var parts = _text[_at..].Split('.', '-', '_');
        _at = _text.Length;
        _isBroken |= Array.Exists(parts, part => part.Length == 0 || !part.All(char.IsAsciiLetterOrDigit));
        return [.. parts.Select(part => part.All(char.IsAsciiDigit) ? WithoutZeros(part) : part)];
    }

    private static string WithoutZeros(string digits) => digits.TrimStart('0') is { Length: > 0 } rest ? rest : "0";

    // post1, post.1, post-1 and post are all fine
    private ulong NumberBehind()
    {
        var start = _at;
        TakeSeparator();
        if (Number() is { } number)
        {
            return number;
        }

        _at = start;
        return 0;
    }

    private ulong? Number()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }

        if (_at == start)
        {
            return null;
        }

        _isBroken |= !ulong.TryParse(
            _text.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return number;
    }

    private void TakeSeparator()
    {
        if (_at < _text.Length && _text[_at] is ('.' or '-' or '_'))
        {
            _at++;
        }
    }

    private bool Take(char expected)
    {
        var fits = _at < _text.Length && _text[_at] == expected;
        _at += fits ? 1 : 0;
        return fits;
    }

    private bool Take(string word)
    {
        var fits = string.CompareOrdinal(_text, _at, word, 0, word.Length) == 0;
        _at += fits ? word.Length : 0;
        return fits;
    }
}
