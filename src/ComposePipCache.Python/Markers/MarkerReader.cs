using ComposePipCache.Python.Wheels;

namespace ComposePipCache.Python.Markers;

/// <summary>Reads a marker from left to right and decides it on the way; null stands for what nobody knows.</summary>
internal sealed class MarkerReader(string text, MarkerEnvironment environment, string extra)
{
    private const int DepthLimit = 40;

    private static readonly string[] Operators = ["===", "==", "~=", "!=", "<=", ">=", "<", ">"];

    private int _at;
    private bool _isBroken;

    public bool? Evaluate()
    {
        var result = Any(0);
        return _isBroken || !IsAtEnd ? null : result;
    }

    private bool IsAtEnd
    {
        get
        {
            SkipBlanks();
            return _at == text.Length;
        }
    }

    private bool? Any(int depth)
    {
        var result = All(depth);
        while (TakeWord("or"))
        {
            result |= All(depth);
        }

        return result;
    }

    private bool? All(int depth)
    {
        var result = One(depth);
        while (TakeWord("and"))
        {
            result &= One(depth);
        }

        return result;
    }

    private bool? One(int depth)
    {
        if (!Take("("))
        {
            return Comparison();
        }

        if (depth == DepthLimit)
        {
            _isBroken = true;
            return null;
        }

        var result = Any(depth + 1);
        _isBroken |= !Take(")");
        return result;
    }

    private bool? Comparison()
    {
        var left = Operand();
        var @operator = Operator();
        var right = Operand();
        // pip knows no comparison of two variables or of two texts
        if (_isBroken || left.Name is null == right.Name is null)
        {
            return null;
        }

        var name = left.Name ?? right.Name!;
        if (name == MarkerEnvironment.Extra)
        {
            left = left with { Values = [.. left.Values.Select(ProjectName.Normalize)] };
            right = right with { Values = [.. right.Values.Select(ProjectName.Normalize)] };
        }

        return new MarkerComparison(name, @operator).Decide(left.Values, right.Values);
    }

    private (string? Name, IReadOnlyList<string> Values) Operand()
    {
        SkipBlanks();
        if (_at < text.Length && text[_at] is '\'' or '"')
        {
            var end = text.IndexOf(text[_at], _at + 1);
            var value = end < 0 ? "" : text[(_at + 1)..end];
            // Python's escapes are not read
            _isBroken |= end < 0 || value.Contains('\\');
            _at = end < 0 ? text.Length : end + 1;
            return (null, [value]);
        }

        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '_' or '.'))
        {
            _at++;
        }

        var name = MarkerEnvironment.Canonical(text[start.._at]);
        _isBroken |= name is null;
        return (name, name is null ? [] : name == MarkerEnvironment.Extra ? [extra] : environment.Lookup(name));
    }

    private string Operator()
    {
        if (TakeWord("in"))
        {
            return "in";
        }

        if (TakeWord("not"))
        {
            _isBroken |= !TakeWord("in");
            return "not in";
        }

        var found = Array.Find(Operators, Take);
        _isBroken |= found is null;
        return found ?? "";
    }

    private bool TakeWord(string word)
    {
        SkipBlanks();
        var end = _at + word.Length;
        return (end >= text.Length || !(char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_')) && Take(word);
    }

    private bool Take(string expected)
    {
        SkipBlanks();
        var fits = string.CompareOrdinal(text, _at, expected, 0, expected.Length) == 0;
        _at += fits ? expected.Length : 0;
        return fits;
    }

    private void SkipBlanks()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }
    }
}
