namespace ComposePipCache.BuildKit.Session.FileSync.Paths;

/// <summary>Path arithmetic as Go's <c>path</c> package does it: slashes only, purely textual.</summary>
internal static class SlashPath
{
    /// <summary>The shortest path that names the same place; <c>.</c> for the empty one.</summary>
    internal static string Clean(string path)
    {
        var rooted = path.StartsWith('/');
        var kept = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part.Length == 0 || part == ".")
            {
                continue;
            }

            if (part != "..")
            {
                kept.Add(part);
            }
            else if (kept.Count > 0 && kept[^1] != "..")
            {
                kept.RemoveAt(kept.Count - 1);
            }
            else if (!rooted)
            {
                kept.Add(part);
            }
        }

        var text = string.Join('/', kept);
        return rooted ? "/" + text : text.Length == 0 ? "." : text;
    }

    /// <summary>Joins and cleans; empty operands are left out.</summary>
    internal static string Join(string first, string second)
    {
        if (first.Length == 0)
        {
            return second.Length == 0 ? "" : Clean(second);
        }

        return Clean(second.Length == 0 ? first : $"{first}/{second}");
    }

    /// <summary>A name in a folder; the empty folder is the root.</summary>
    internal static string Below(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";

    /// <summary>Everything before the last slash, cleaned; <c>.</c> when there is none.</summary>
    internal static string Parent(string path) => Clean(path[..(path.LastIndexOf('/') + 1)]);

    /// <summary>The last element; <c>.</c> for the empty path.</summary>
    internal static string Name(string path)
    {
        if (path.Length == 0)
        {
            return ".";
        }

        var trimmed = path.TrimEnd('/');
        return trimmed.Length == 0 ? "/" : trimmed[(trimmed.LastIndexOf('/') + 1)..];
    }

    /// <summary>Every leading part of the path, shortest first, the path itself last.</summary>
    internal static IEnumerable<string> Prefixes(string path)
    {
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            yield return path[..slash];
        }

        yield return path;
    }
}
