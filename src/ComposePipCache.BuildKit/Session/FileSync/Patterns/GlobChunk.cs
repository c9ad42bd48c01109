using System.Text;

namespace ComposePipCache.BuildKit.Session.FileSync.Patterns;

/// <summary>
/// The part of a <see cref="Glob"/> between two stars: one character set for each character it takes.
/// </summary>
internal sealed class GlobChunk
{
    private static readonly RuneSet AllButSlash = RuneSet.AllBut('/');

    private readonly List<RuneSet> _sets = [];
    private readonly string _text;
    private int _position;

    private GlobChunk(string text, bool afterStar) => (_text, IsAfterStar) = (text, afterStar);

    internal bool IsAfterStar { get; }

    internal bool IsEmpty => _text.Length == 0;

    internal bool IsMalformed { get; private init; }

    private char Peek => _position < _text.Length ? _text[_position] : '\0';

    internal static GlobChunk Parse(string text, bool afterStar)
    {
        var chunk = new GlobChunk(text, afterStar);
        while (chunk._position < text.Length)
        {
            if (!chunk.TryParseOne())
            {
                return new GlobChunk(text, afterStar) { IsMalformed = true };
            }
        }

        return chunk;
    }

    internal bool TryTake(ref ReadOnlySpan<int> runes)
    {
        if (runes.Length < _sets.Count)
        {
            return false;
        }

        for (var index = 0; index < _sets.Count; index++)
        {
            if (!_sets[index].Contains(runes[index]))
            {
                return false;
            }
        }

        runes = runes[_sets.Count..];
        return true;
    }

    private bool TryParseOne()
    {
        switch (Peek)
        {
            case '?':
                _position++;
                _sets.Add(AllButSlash);
                return true;
            case '[':
                return TryParseClass();
            case '\\' when ++_position == _text.Length:
                return false;
            default:
                var rune = TakeRune();
                _sets.Add(new RuneSet().Add(rune, rune));
                return true;
        }
    }

    private bool TryParseClass()
    {
        _position++;
        var set = new RuneSet { IsNegated = Peek == '^' };
        _position += set.IsNegated ? 1 : 0;
        for (var isFirst = true; isFirst || Peek != ']'; isFirst = false)
        {
            if (!TryTakeClassRune(out var low))
            {
                return false;
            }

            var high = low;
            if (Peek == '-')
            {
                _position++;
                if (!TryTakeClassRune(out high))
                {
                    return false;
                }
            }

            set.Add(low, high);
        }

        _position++;
        _sets.Add(set);
        return true;
    }

    /// <summary>Takes one character; something has to follow it, if only the end of the class.</summary>
    private bool TryTakeClassRune(out int rune)
    {
        rune = 0;
        if (Peek is '-' or ']')
        {
            return false;
        }

        _position += Peek == '\\' ? 1 : 0;
        if (_position >= _text.Length)
        {
            return false;
        }

        rune = TakeRune();
        return _position < _text.Length;
    }

    private int TakeRune()
    {
        Rune.DecodeFromUtf16(_text.AsSpan(_position), out var rune, out var length);
        _position += length;
        return rune.Value;
    }
}
