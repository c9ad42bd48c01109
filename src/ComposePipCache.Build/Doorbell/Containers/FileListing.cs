using System.Globalization;

namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>Reads what the shell lists: <c>size name</c>, one a line.</summary>
internal static class FileListing
{
    public static IEnumerable<CacheFile> Parse(string text)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            // U+FFFD: a name that is not UTF-8 and could not be asked for again.
            if (space > 0
                && !line.Contains('\uFFFD', StringComparison.Ordinal)
                && long.TryParse(line.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            {
                var path = line[(space + 1)..];
                yield return new CacheFile(path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path, size);
            }
        }
    }
}
