using System.Text;
using ComposePipCache.BuildKit.Session.FileSync.Paths;
using ComposePipCache.BuildKit.Session.FileSync.Trees;
using ComposePipCache.Protocol.Fsutil;

namespace ComposePipCache.Tests.BuildKit.FileSync.Support;

/// <summary>What arrived at the daemon.</summary>
internal sealed class ReceivedTree
{
    internal List<RawStat> Stats { get; } = [];

    internal Dictionary<string, byte[]> Contents { get; } = new(StringComparer.Ordinal);

    internal IEnumerable<string> Paths => Stats.Select(stat => RawName.FromWire(stat.Path));

    /// <summary>One line an entry: a slash ends a folder, <c>-></c> a link, <c>=</c> a hard link.</summary>
    internal string Text => string.Join('\n', Stats.Select(Line));

    internal RawStat this[string path] => Stats.Single(stat => RawName.FromWire(stat.Path) == path);

    internal string Content(string path) => Encoding.UTF8.GetString(Contents[path]);

    internal static string Line(RawStat stat)
    {
        var path = RawName.Display(RawName.FromWire(stat.Path));
        var link = RawName.Display(RawName.FromWire(stat.Linkname));
        return GoFileMode.IsFolder(stat.Mode) ? path + "/"
            : GoFileMode.IsSymlink(stat.Mode) ? $"{path} -> {link}"
            : link.Length > 0 ? $"{path} = {link}"
            : path;
    }
}
