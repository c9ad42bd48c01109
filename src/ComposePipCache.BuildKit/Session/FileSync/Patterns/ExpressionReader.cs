using System.Globalization;
using System.Text;

namespace ComposePipCache.BuildKit.Session.FileSync.Patterns;

/// <summary>Reads the tokens of Go's expression syntax.</summary>
internal sealed class ExpressionReader(string expression, string pattern)
{
    private static readonly Dictionary<string, string> PosixClasses = new(StringComparer.Ordinal)
    {
        ["alnum"] = "09AZaz",
        ["alpha"] = "AZaz",
        ["ascii"] = "\0\u007F",
        ["blank"] = "\t\t  ",
        ["cntrl"] = "\0\u001F\u007F\u007F",
        ["digit"] = "09",
        ["graph"] = "!~",
        ["lower"] = "az",
        ["print"] = " ~",
        ["punct"] = "!/:@[`{~",
        ["space"] = "\t\r  ",
        ["upper"] = "AZ",
        ["word"] = "09AZaz__",
        ["xdigit"] = "09AFaf",
    };

    private int _position;

    internal bool IsAtEnd => _position >= expression.Length;

    internal char Peek => IsAtEnd ? throw BadSyntax() : expression[_position];

    internal int Take()
    {
        _ = Peek;
        Rune.DecodeFromUtf16(expression.AsSpan(_position), out var rune, out var length);
        _position += length;
        return rune.Value;
    }

    internal bool TryTake(string token)
    {
        var isNext = expression.AsSpan(_position).StartsWith(token, StringComparison.Ordinal);
        _position += isNext ? token.Length : 0;
        return isNext;
    }

    internal InstructionKind? TryTakeAssertion()
    {
        InstructionKind? kind = PeekEscaped() switch
        {
            'A' => InstructionKind.AtBegin,
            'z' => InstructionKind.AtEnd,
            'b' => InstructionKind.AtWordBoundary,
            'B' => InstructionKind.NotAtWordBoundary,
            _ => null,
        };
        _position += kind is null ? 0 : 2;
        return kind;
    }

    /// <summary>Takes <c>\d</c>, <c>\s</c>, <c>\w</c> or one of their opposites; all are ASCII.</summary>
    internal RuneSet? TryTakeShorthand()
    {
        var letter = PeekEscaped();
        var ranges = char.ToLowerInvariant(letter) switch
        {
            'd' => PosixClasses["digit"],
            's' => "\t\n\f\r  ",
            'w' => PosixClasses["word"],
            _ => null,
        };
        _position += ranges is null ? 0 : 2;
        return ranges is null ? null : Ranges(ranges, isNegated: char.IsAsciiLetterUpper(letter));
    }

    /// <summary>Takes <c>\p</c> or <c>\P</c> with the letter of a Unicode category.</summary>
    /// <remarks>A longer name would stand in braces, and those of a pattern are escaped.</remarks>
    internal RuneSet? TryTakeCategory()
    {
        var letter = PeekEscaped();
        if (letter is not ('p' or 'P'))
        {
            return null;
        }

        _position += 2;
        return RuneSet.OfCategory(Take(), isNegated: letter == 'P') ?? throw BadSyntax();
    }

    internal int TakeCharacter() => TryTake("\\") ? TakeEscape() : Take();

    internal RuneSet TakeClass()
    {
        TryTake("[");
        var set = new RuneSet { IsNegated = TryTake("^") };
        for (var isFirst = true; isFirst || Peek != ']'; isFirst = false)
        {
            if (TryTakePosixClass() is { } posix)
            {
                set.Add(posix);
            }
            else if (Peek == '\\' && (TryTakeShorthand() ?? TryTakeCategory()) is { } named)
            {
                set.Add(named);
            }
            else
            {
                TakeRange(set);
            }
        }

        TryTake("]");
        return set;
    }

    private static RuneSet Ranges(string bounds, bool isNegated)
    {
        var set = new RuneSet { IsNegated = isNegated };
        for (var index = 0; index < bounds.Length; index += 2)
        {
            set.Add(bounds[index], bounds[index + 1]);
        }

        return set;
    }

    private void TakeRange(RuneSet set)
    {
        var low = TakeCharacter();
        var high = low;
        if (_position + 1 < expression.Length && Peek == '-' && expression[_position + 1] != ']')
        {
            TryTake("-");
            high = TakeCharacter();
        }

        set.Add(low, high >= low ? high : throw BadSyntax());
    }

    private RuneSet? TryTakePosixClass()
    {
        var end = expression.AsSpan(_position).StartsWith("[:", StringComparison.Ordinal)
            ? expression.IndexOf(":]", _position + 2, StringComparison.Ordinal)
            : -1;
        if (end < 0)
        {
            return null;
        }

        var name = expression[(_position + 2)..end];
        var isNegated = name.StartsWith('^');
        _position = end + 2;
        return PosixClasses.TryGetValue(isNegated ? name[1..] : name, out var bounds)
            ? Ranges(bounds, isNegated)
            : throw BadSyntax();
    }

    private char PeekEscaped() => _position + 1 < expression.Length ? expression[_position + 1] : '\0';

    private int TakeEscape()
    {
        var rune = Take();
        return rune switch
        {
            'a' => '\a',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\v',
            'x' => TakeHex(),
            '0' => TakeOctal(0),
            >= '1' and <= '7' when !IsAtEnd && Peek is >= '0' and <= '7' => TakeOctal(rune - '0'),
            < 128 when !char.IsAsciiLetterOrDigit((char)rune) => rune,
            _ => throw BadSyntax(),
        };
    }

    private int TakeHex()
    {
        var digits = expression.AsSpan(_position, Math.Min(2, expression.Length - _position));
        _position += digits.Length;
        return digits.Length == 2 && int.TryParse(digits, NumberStyles.AllowHexSpecifier, null, out var value)
            ? value
            : throw BadSyntax();
    }

    private int TakeOctal(int value)
    {
        for (var more = 0; more < 2 && !IsAtEnd && Peek is >= '0' and <= '7'; more++)
        {
            value = (value * 8) + (Take() - '0');
        }

        return value;
    }

    private PatternException BadSyntax() => PatternException.BadSyntax(pattern);
}
