using ComposePipCache.BuildKit.Session.FileSync.Paths;
using Google.Protobuf;

namespace ComposePipCache.BuildKit.Session.FileSync.Trees;

/// <summary>
/// Lists a tree in the order the protocol wants: folders before their content, siblings by the bytes of their names.
/// </summary>
/// <remarks>
/// Owners are dropped, as every client does. Of several names of one file that are sent, the first carries it.
/// </remarks>
internal sealed class TreeWalker(IFileTree tree, TreeFilter filter)
{
    private readonly Stack<OpenFolder> _folders = new();
    private readonly Dictionary<(ulong Device, ulong Inode), ByteString> _firstNames = [];

    /// <exception cref="FileTreeException">Something wanted cannot be read.</exception>
    internal IEnumerable<TreeNode> Walk()
    {
        _folders.Push(new OpenFolder("", tree.List(""), null) { IsSent = true });
        while (_folders.TryPeek(out var folder))
        {
            if (!folder.TryNext(out var entry))
            {
                _folders.Pop();
                continue;
            }

            var path = SlashPath.Below(folder.Path, entry.Name);
            var verdict = filter.Judge(path, entry.IsFolder, folder.State, out var state);
            var nodes = verdict == FilterVerdict.Send ? WithFolders(path) : [];
            foreach (var node in nodes)
            {
                yield return node;
            }

            if (entry.IsFolder && verdict != FilterVerdict.Skip && (verdict == FilterVerdict.Hide || nodes.Count > 0))
            {
                _folders.Push(new OpenFolder(path, List(path, verdict), state) { IsSent = nodes.Count > 0 });
            }
        }
    }

    /// <summary>The path and the folders above it that were not sent yet; nothing when it vanished meanwhile.</summary>
    private List<TreeNode> WithFolders(string path)
    {
        var folders = _folders.Where(folder => !folder.IsSent).Reverse().ToList();
        var paths = folders.Select(folder => folder.Path).Append(path);
        var nodes = paths.Select(tree.Find).OfType<TreeNode>().ToList();
        if (nodes.Count <= folders.Count)
        {
            return [];
        }

        folders.ForEach(folder => folder.IsSent = true);
        nodes.ForEach(Prepare);
        return nodes;
    }

    private void Prepare(TreeNode node)
    {
        (node.Stat.Uid, node.Stat.Gid) = (0, 0);
        if (node.Identity is { } identity && !GoFileMode.IsSymlink(node.Stat.Mode)
            && !_firstNames.TryAdd(identity, node.Stat.Path))
        {
            node.Stat.Linkname = _firstNames[identity];
        }
    }

    private IReadOnlyList<TreeEntry> List(string folder, FilterVerdict verdict)
    {
        try
        {
            return tree.List(folder);
        }
        catch (FileTreeException denied) when (denied.IsPermission && verdict == FilterVerdict.Hide)
        {
            return [];
        }
    }

    private sealed class OpenFolder(string path, IReadOnlyList<TreeEntry> entries, FilterState? state)
    {
        private int _next;

        internal string Path => path;

        internal FilterState? State => state;

        internal bool IsSent { get; set; }

        internal bool TryNext(out TreeEntry entry)
        {
            entry = _next < entries.Count ? entries[_next] : default;
            return _next++ < entries.Count;
        }
    }
}
