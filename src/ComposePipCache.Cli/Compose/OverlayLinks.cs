using ComposePipCache.Cli.Settings;

namespace ComposePipCache.Cli.Compose;

/// <summary>Keeps a folder of links in step with the folder that it stands for.</summary>
internal static class OverlayLinks
{
    public const string ConfigFile = "config.json";

    /// <summary>
    /// Links every entry of the source but config.json, and takes away links that lead to nothing of it.
    /// </summary>
    public static void Mirror(string source, string overlay)
    {
        var names = Directory.Exists(source)
            ? Directory.EnumerateFileSystemEntries(source).Select(entry => Path.GetFileName(entry)!)
                .Where(name => name != ConfigFile).ToHashSet(StringComparer.Ordinal)
            : [];
        foreach (var name in names)
        {
            Point(Path.Combine(overlay, name), Path.Combine(source, name));
        }

        foreach (var entry in Directory.EnumerateFileSystemEntries(overlay))
        {
            if (!names.Contains(Path.GetFileName(entry)) && IsStale(entry, source))
            {
                File.Delete(entry);
            }
        }
    }

    /// <summary>Makes a link lead to its target; a real folder that stands in its place is left alone.</summary>
    public static void Point(string link, string target)
    {
        var current = TargetOf(link);
        if (current != target && (current is not null || !Directory.Exists(link)))
        {
            PrivateFiles.Link(link, target);
        }
    }

    // What is no link of ours came there through docker, and may be somebody's only copy.
    private static bool IsStale(string entry, string source) => PrivateFiles.IsTemporary(entry)
        ? PrivateFiles.IsLeftover(entry)
        : TargetOf(entry) is { } target && Path.GetDirectoryName(target) == source;

    private static string? TargetOf(string path) => new FileInfo(path).LinkTarget;
}
