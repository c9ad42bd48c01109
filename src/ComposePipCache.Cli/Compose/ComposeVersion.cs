using System.Globalization;

namespace ComposePipCache.Cli.Compose;

/// <summary>As much of a compose version as decides what it can do.</summary>
internal sealed record ComposeVersion(int Major, int Minor)
{
    /// <summary>The first that lets another program build.</summary>
    public static ComposeVersion Oldest { get; } = new(2, 31);

    /// <summary>Reads <c>v2.40.3</c>, <c>2.40.3+ds1-3</c>, <c>5.0.0-rc.1</c>.</summary>
    /// <returns>Null for the name of a build that is no number.</returns>
    public static ComposeVersion? Parse(string text)
    {
        var parts = text.TrimStart('v').Split('.');
        return parts.Length >= 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            ? new ComposeVersion(major, minor)
            : null;
    }

    public bool IsOlderThan(ComposeVersion other) => (Major, Minor).CompareTo((other.Major, other.Minor)) < 0;
}
