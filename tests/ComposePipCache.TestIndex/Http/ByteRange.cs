using System.Globalization;

namespace ComposePipCache.TestIndex.Http;

/// <summary>The answer to a Range field: the whole, a part, or nothing that fits.</summary>
internal sealed record ByteRange(long Offset, long Count, bool IsPartial, bool IsSatisfiable)
{
    /// <summary>More than one range is ignored, as the public index does; so is what is no range.</summary>
    public static ByteRange Resolve(string? field, long length)
    {
        var whole = new ByteRange(0, length, IsPartial: false, IsSatisfiable: true);
        if (field is null || !field.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase))
        {
            return whole;
        }

        var ends = field[6..].Trim().Split('-');
        if (ends.Length != 2 || !TryParse(ends[0], out var first) || !TryParse(ends[1], out var last)
            || (first ?? last) is null || last < first)
        {
            return whole;
        }

        var offset = first ?? Math.Max(0, length - last!.Value);
        var end = first is null || last is null ? length : Math.Min(last.Value, length - 1) + 1;
        return offset >= length || (first is null && last == 0)
            ? new ByteRange(0, 0, IsPartial: false, IsSatisfiable: false)
            : new ByteRange(offset, end - offset, IsPartial: true, IsSatisfiable: true);
    }

    private static bool TryParse(string text, out long? value)
    {
        var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        value = isNumber ? number : null;
        return isNumber || text.Length == 0;
    }
}
