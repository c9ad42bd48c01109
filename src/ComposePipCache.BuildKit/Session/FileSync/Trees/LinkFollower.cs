using ComposePipCache.BuildKit.Session.FileSync.Paths;
using ComposePipCache.BuildKit.Session.FileSync.Patterns;

namespace ComposePipCache.BuildKit.Session.FileSync.Trees;

/// <summary>
/// Turns paths and wildcards into include patterns that also hold the targets of the links on the way.
/// </summary>
internal sealed class LinkFollower
{
    private readonly IFileTree _tree;
    private readonly SortedSet<string> _resolved = new(RawName.ByteOrder);

    private LinkFollower(IFileTree tree) => _tree = tree;

    /// <returns>Null when a path leads to the root, so that everything is wanted.</returns>
    internal static IReadOnlyList<string>? Follow(IFileTree tree, IEnumerable<string> paths)
    {
        var follower = new LinkFollower(tree);
        foreach (var path in paths)
        {
            follower.Resolve(path);
        }

        return WithoutNested(follower._resolved);
    }

    /// <summary>Drops what a path before it contains; null when one of them is the root.</summary>
    internal static IReadOnlyList<string>? WithoutNested(IEnumerable<string> paths)
    {
        var kept = new List<string>();
        var last = "";
        foreach (var path in paths)
        {
            if (path == ".")
            {
                return null;
            }

            if (!path.StartsWith(last + "/", StringComparison.Ordinal))
            {
                kept.Add(path);
                last = path;
            }
        }

        return kept;
    }

    private void Resolve(string path)
    {
        var rest = SlashPath.Join(".", path);
        for (var current = "."; ;)
        {
            var slash = rest.IndexOf('/');
            current = SlashPath.Join(current, slash < 0 ? rest : rest[..slash]);
            rest = slash < 0 ? "" : rest[(slash + 1)..];

            var targets = Targets(current);
            if (targets.Count > 0)
            {
                ResolveTargets(current, targets, rest);
                return;
            }

            if (rest.Length == 0)
            {
                _resolved.Add(current);
                return;
            }
        }
    }

    private void ResolveTargets(string link, List<string> targets, string rest)
    {
        // A link met before ends here: links may form a circle.
        if (!_resolved.Add(link))
        {
            return;
        }

        foreach (var target in targets)
        {
            Resolve(SlashPath.Join(target, rest));
        }
    }

    private List<string> Targets(string path)
    {
        var name = SlashPath.Name(path);
        if (!HasWildcard(name))
        {
            return ReadLink(path) is { } target ? [target] : [];
        }

        var folder = SlashPath.Parent(path);
        if (folder != "." && !(Find(folder) is { } node && GoFileMode.IsFolder(node.Stat.Mode)))
        {
            return [];
        }

        var glob = Glob.Parse(name);
        return [.. _tree.List(folder == "." ? "" : folder)
            .Where(entry => glob.Matches(RawName.Display(entry.Name)) == true)
            .Select(entry => ReadLink(SlashPath.Join(folder, entry.Name)))
            .OfType<string>()];
    }

    private string? ReadLink(string path)
    {
        if (path == "." || Find(path) is not { } node || !GoFileMode.IsSymlink(node.Stat.Mode))
        {
            return null;
        }

        // A link cannot lead out: the root of the tree is the root of its paths.
        var target = SlashPath.Clean(RawName.FromWire(node.Stat.Linkname));
        return target.StartsWith('/') ? target : SlashPath.Join("/", SlashPath.Join(SlashPath.Parent(path), target));
    }

    /// <summary>Nothing above the root is looked at.</summary>
    private TreeNode? Find(string path) => path == ".." || path.StartsWith("../", StringComparison.Ordinal)
        ? null
        : _tree.Find(path);

    private static bool HasWildcard(string name)
    {
        for (var index = 0; index < name.Length; index++)
        {
            if (name[index] is '*' or '?' or '[')
            {
                return true;
            }

            index += name[index] == '\\' ? 1 : 0;
        }

        return false;
    }
}
