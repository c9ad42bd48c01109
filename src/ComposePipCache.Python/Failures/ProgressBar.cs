using System.Globalization;

namespace ComposePipCache.Python.Failures;

/// <summary>Reads the amounts of a progress bar: <c>━━━╸  0.7/2.0 MB 1.0 GB/s eta 0:00:01</c>.</summary>
internal static class ProgressBar
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "bytes"];

    /// <summary>Null where the line is no bar with a total.</summary>
    public static bool? IsIncomplete(string line)
    {
        if (line.IndexOf('/', StringComparison.Ordinal) < 0 || !line.Contains("B/s", StringComparison.Ordinal))
        {
            return null;
        }

        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i + 1 < words.Length; i++)
        {
            var slash = words[i].IndexOf('/', StringComparison.Ordinal);
            if (slash > 0 && Array.IndexOf(Units, words[i + 1]) >= 0 &&
                IsAmount(words[i][..slash]) && IsAmount(words[i][(slash + 1)..]))
            {
                return words[i][..slash] != words[i][(slash + 1)..];
            }
        }

        return null;
    }

    private static bool IsAmount(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
}
