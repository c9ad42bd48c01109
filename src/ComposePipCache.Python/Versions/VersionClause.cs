using ComposePipCache.Python.Wheels;

namespace ComposePipCache.Python.Versions;

/// <summary>One clause: an operator and a version, or text behind <c>===</c>.</summary>
/// <remarks>The rules are PEP 440's as packaging 26 has them; before 26 two corners of &lt; and &gt; differ.</remarks>
internal sealed class VersionClause
{
    private const string Wildcard = ".*";
    private const string Arbitrary = "===";

    private static readonly string[] Operators = [Arbitrary, "==", "<=", ">=", "!=", "~=", "<", ">"];

    private readonly string _operator;
    private readonly string _text;
    private readonly PythonVersion? _version;
    private readonly bool _isPrefix;

    private VersionClause(string @operator, string text, PythonVersion? version, bool isPrefix)
    {
        _operator = @operator;
        _text = text;
        _version = version;
        _isPrefix = isPrefix;
    }

    public bool NamesPrerelease => _operator != "!=" && !_isPrefix && _version is { IsPrerelease: true };

    public bool IsPin => _operator == Arbitrary || (_operator == "==" && !_isPrefix);

    public static VersionClause? Parse(string clause)
    {
        if (Array.Find(Operators, known => clause.StartsWith(known, StringComparison.Ordinal)) is not { } @operator)
        {
            return null;
        }

        var text = clause[@operator.Length..].Trim();
        if (@operator == Arbitrary)
        {
            return text.Any(character => char.IsWhiteSpace(character) || character is ';' or ')')
                ? null
                : new VersionClause(@operator, text, PythonVersion.Parse(text), isPrefix: false);
        }

        var isEquality = @operator is "==" or "!=";
        var isPrefix = isEquality && text.EndsWith(Wildcard, StringComparison.Ordinal);
        var version = PythonVersion.Parse(isPrefix ? text[..^Wildcard.Length] : text);
        if (version is null || (!isEquality && version.Local.Length > 0)
            || (isPrefix && !version.IsReleaseAlone) || (@operator == "~=" && version.Parts.Release.Count < 2))
        {
            return null;
        }

        return new VersionClause(@operator, text, version, isPrefix);
    }

    public bool Contains(PythonVersion version) => _operator switch
    {
        Arbitrary => version.Text.Equals(_text, StringComparison.OrdinalIgnoreCase),
        "==" => IsEqual(version),
        "!=" => !IsEqual(version),
        "<=" => version.Public <= _version!,
        ">=" => version.Public >= _version!,
        "~=" => version.Public >= _version! && StartsAs(version, _version!.Parts.Release.Count - 1),
        "<" => version < _version! && !IsPrereleaseOf(version),
        _ => version > _version! && !IsPostreleaseOf(version) && !IsLocalOf(version),
    };

    public bool? ContainsAll(PythonVersion first, PythonVersion last)
    {
        var isTaken = Contains(first);
        // from one side of the named version to the other the answer may change, and at that version
        var isEqual = isTaken == Contains(last)
            && (_version is null || _version < first || _version > last || isTaken == Contains(_version));
        return isEqual ? isTaken : null;
    }

    public override string ToString() => _operator + _text;

    private bool IsEqual(PythonVersion version) =>
        _isPrefix ? StartsAs(version, _version!.Parts.Release.Count)
        : (_version!.Local.Length > 0 ? version : version.Public) == _version;

    private bool StartsAs(PythonVersion version, int length)
    {
        var (own, other) = (_version!.Parts, version.Parts);
        var isEqual = own.Epoch == other.Epoch;
        for (var index = 0; isEqual && index < length; index++)
        {
            isEqual = own.Release[index] == (index < other.Release.Count ? other.Release[index] : 0);
        }

        return isEqual;
    }

    // <1.0 does not take 1.0rc1, although that is older
    private bool IsPrereleaseOf(PythonVersion version) =>
        version.IsPrerelease && !_version!.IsPrerelease
        && version >= PythonVersion.Of(_version.Parts with { Dev = 0, Local = [] });

    // >1.0 does not take 1.0.post1, although that is newer
    private bool IsPostreleaseOf(PythonVersion version) =>
        version.Parts.Post is not null && _version!.Parts.Post is null
        && _version == PythonVersion.Of(version.Parts with { Post = null, Dev = null, Local = [] });

    private bool IsLocalOf(PythonVersion version) => version.Local.Length > 0 && version.Public == _version!;
}
