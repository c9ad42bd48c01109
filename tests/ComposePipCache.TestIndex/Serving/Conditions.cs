using System.Globalization;
using ComposePipCache.TestIndex.Http;

namespace ComposePipCache.TestIndex.Serving;

/// <summary>If-None-Match and If-Range.</summary>
internal static class Conditions
{
    /// <summary>True when the client has this version already; weak comparison.</summary>
    public static bool IsUnchanged(RequestHead head, string tag) =>
        head["If-None-Match"] is { } known && known.Split(',', StringSplitOptions.TrimEntries)
            .Any(one => one == "*" || Strong(one) == Strong(tag));

    /// <summary>True when a Range field counts: no If-Range, or one that names this very version.</summary>
    public static bool AllowsRange(RequestHead head, string tag, DateTimeOffset modified) => head["If-Range"] switch
    {
        null => true,
        ['"', ..] known => known == tag,
        var date => DateTimeOffset.TryParseExact(
            date, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since)
            && since.ToUnixTimeSeconds() == modified.ToUnixTimeSeconds(),
    };

    private static string Strong(string tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;
}
