using System.Globalization;

namespace ComposePipCache.Wheelhouse;

/// <summary>Sizes for people, counted by 1024 as the settings are.</summary>
public static class ByteText
{
    private const int UnitBits = 10;
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary><c>0 B</c>, <c>1.5 KiB</c>, <c>340 MiB</c>: three figures at most, rounded down above them.</summary>
    public static string Of(long bytes)
    {
        var unit = 0;
        while (unit < Units.Length - 1 && bytes >> (UnitBits * (unit + 1)) > 0)
        {
            unit++;
        }

        var value = bytes / Math.Pow(2, UnitBits * unit);
        return unit == 0 || value >= 10
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(value):0} {Units[unit]}")
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(value * 10) / 10:0.0} {Units[unit]}");
    }
}
