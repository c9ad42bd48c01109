namespace ComposePipCache.Python.Wheels;

/// <summary>A version as PEP 440 has it, ordered as pip orders it.</summary>
/// <remarks>Equal versions may be written differently: 1.0, v1 and 1.0.0 are one.</remarks>
public sealed class PythonVersion : IComparable<PythonVersion>, IEquatable<PythonVersion>
{
    private readonly VersionParts _parts;
    private readonly ulong[] _release;

    private PythonVersion(VersionParts parts)
    {
        _parts = parts;
        var length = parts.Release.Count;
        while (length > 1 && parts.Release[length - 1] == 0)
        {
            length--;
        }

        _release = [.. parts.Release.Take(length)];
    }

    /// <summary>Epoch, release, pre, post, dev and local in the normal spelling.</summary>
    public string Text => _parts.ToString();

    /// <summary>An alpha, beta, candidate or development release: pip takes it only when asked to.</summary>
    public bool IsPrerelease => _parts.Pre is not null || _parts.Dev is not null;

    /// <summary>What stands behind the plus, empty without one.</summary>
    public string Local => string.Join('.', _parts.Local);

    /// <summary>The version without its local part.</summary>
    internal PythonVersion Public => _parts.Local.Count == 0 ? this : new PythonVersion(_parts with { Local = [] });

    internal VersionParts Parts => _parts;

    internal bool IsReleaseAlone => !IsPrerelease && _parts.Post is null && _parts.Local.Count == 0;

    public static bool operator ==(PythonVersion? left, PythonVersion? right) => Equals(left, right);

    public static bool operator !=(PythonVersion? left, PythonVersion? right) => !Equals(left, right);

    public static bool operator <(PythonVersion left, PythonVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(PythonVersion left, PythonVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(PythonVersion left, PythonVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(PythonVersion left, PythonVersion right) => left.CompareTo(right) >= 0;

    /// <summary>Null where the text is no version.</summary>
    public static PythonVersion? Parse(string text) =>
        new VersionReader(text).Read() is { } parts ? new PythonVersion(parts) : null;

    internal static PythonVersion Of(VersionParts parts) => new(parts);

    public int CompareTo(PythonVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        // pages have thousands of versions: most pairs differ in their release
        var step = _parts.Epoch.CompareTo(other._parts.Epoch);
        step = step != 0 ? step : CompareReleases(_release, other._release);
        step = step != 0 ? step : PreKey().CompareTo(other.PreKey());
        step = step != 0 ? step : Nullable.Compare(_parts.Post, other._parts.Post);
        step = step != 0 ? step : DevKey().CompareTo(other.DevKey());
        return step != 0 ? step : CompareLocals(_parts.Local, other._parts.Local);
    }

    public bool Equals(PythonVersion? other) => other is not null && CompareTo(other) == 0;

    public override bool Equals(object? obj) => Equals(obj as PythonVersion);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(_parts.Epoch);
        foreach (var number in _release)
        {
            hash.Add(number);
        }

        hash.Add(PreKey());
        hash.Add(_parts.Post);
        hash.Add(_parts.Dev);
        hash.Add(Local);
        return hash.ToHashCode();
    }

    public override string ToString() => Text;

    // 1.0.dev1 is before 1.0a1, and that before 1.0
    private (int Phase, ulong Number) PreKey() => _parts.Pre is { } pre
        ? (PhaseKey(pre.Phase), pre.Number)
        : (_parts.Post is null && _parts.Dev is not null ? 0 : 4, 0);

    // a development release is before what it leads to
    private (int Kind, ulong Number) DevKey() => _parts.Dev is { } dev ? (0, dev) : (1, 0);

    private static int PhaseKey(string phase) => phase switch { "a" => 1, "b" => 2, _ => 3 };

    private static int CompareReleases(ulong[] left, ulong[] right)
    {
        for (var i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            var step = (i < left.Length ? left[i] : 0).CompareTo(i < right.Length ? right[i] : 0);
            if (step != 0)
            {
                return step;
            }
        }

        return 0;
    }

    // numbers are above words, the longer of two is above
    private static int CompareLocals(IReadOnlyList<string> left, IReadOnlyList<string> right)
    {
        for (var i = 0; i < Math.Min(left.Count, right.Count); i++)
        {
            var (isNumber, isOtherNumber) = (left[i].All(char.IsAsciiDigit), right[i].All(char.IsAsciiDigit));
            var step = isNumber && isOtherNumber
                ? VersionParts.CompareDigits(left[i], right[i])
                : isNumber != isOtherNumber
                    ? isNumber.CompareTo(isOtherNumber)
                    : string.CompareOrdinal(left[i], right[i]);
            if (step != 0)
            {
                return step;
            }
        }

        return left.Count.CompareTo(right.Count);
    }
}
