namespace ComposePipCache.Python.Wheels;

/// <summary>The build tag of a wheel: a number and what follows it. None at all is below every other.</summary>
public sealed record BuildTag(string Text) : IComparable<BuildTag>
{
    private string Digits => new([.. Text.TakeWhile(char.IsAsciiDigit)]);

    public static bool operator <(BuildTag left, BuildTag right) => left.CompareTo(right) < 0;

    public static bool operator >(BuildTag left, BuildTag right) => left.CompareTo(right) > 0;

    public static bool operator <=(BuildTag left, BuildTag right) => left.CompareTo(right) <= 0;

    public static bool operator >=(BuildTag left, BuildTag right) => left.CompareTo(right) >= 0;

    public int CompareTo(BuildTag? other)
    {
        if (other is null)
        {
            return 1;
        }

        var step = VersionParts.CompareDigits(Significant(Digits), Significant(other.Digits));
        return step != 0 ? step : string.CompareOrdinal(Text[Digits.Length..], other.Text[other.Digits.Length..]);
    }

    private static string Significant(string digits) => digits.TrimStart('0');
}
