using System.Globalization;

namespace ComposePipCache.Cli.Settings;

/// <summary>Sizes as docker's own options write them.</summary>
internal static class ByteSize
{
    private const int UnitBits = 10;
    private const string Units = "kmgtp";

    /// <summary>Reads <c>1024</c>, <c>500m</c>, <c>5GB</c>, <c>1.5GiB</c>; every unit counts by 1024.</summary>
    public static long? TryParse(string? text)
    {
        var number = (text ?? "").AsSpan().TrimEnd();
        number = TrimUnit(number, "b");
        number = TrimUnit(number, "i");
        var unit = number.Length > 0 ? Units.IndexOf(char.ToLowerInvariant(number[^1]), StringComparison.Ordinal) : -1;
        if (unit >= 0)
        {
            number = number[..^1].TrimEnd();
        }

        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            return null;
        }

        var bytes = value * Math.Pow(2, UnitBits * (unit + 1));
        return bytes < long.MaxValue ? (long)bytes : null;
    }

    private static ReadOnlySpan<char> TrimUnit(ReadOnlySpan<char> text, ReadOnlySpan<char> end) =>
        text.EndsWith(end, StringComparison.OrdinalIgnoreCase) ? text[..^1] : text;
}
