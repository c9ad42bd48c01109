using System.Globalization;

namespace ComposePipCache.Build.Fallback;

/// <summary>Numbers and times as they stand in announcements.</summary>
public static class Wording
{
    /// <summary><c>just now</c>, <c>5 minutes ago</c>, <c>2 days ago</c>.</summary>
    public static string Ago(TimeSpan age) => age switch
    {
        { TotalMinutes: < 1 } => "just now",
        { TotalHours: < 1 } => Count((long)age.TotalMinutes, "minute") + " ago",
        { TotalDays: < 1 } => Count((long)age.TotalHours, "hour") + " ago",
        _ => Count((long)age.TotalDays, "day") + " ago",
    };

    /// <summary><c>1 file</c>, <c>37 files</c>.</summary>
    public static string Count(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
