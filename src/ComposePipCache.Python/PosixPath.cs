namespace ComposePipCache.Python;

/// <summary>Paths in an image, as text.</summary>
internal static class PosixPath
{
    private const int Limit = 4096;

    /// <summary>The absolute path without <c>.</c> and <c>..</c>; null where the folder is unknown.</summary>
    public static string? Combine(string? folder, string path)
    {
        if (!path.StartsWith('/'))
        {
            if (folder is null || path.StartsWith('~'))
            {
                return null;
            }

            path = $"{folder}/{path}";
        }

        // no system has longer ones
        if (path.Length > Limit)
        {
            return null;
        }

        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part == "..")
            {
                parts.RemoveRange(Math.Max(parts.Count - 1, 0), Math.Min(parts.Count, 1));
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }

        return "/" + string.Join('/', parts);
    }

    public static string Folder(string path) => path.LastIndexOf('/') is > 0 and var end ? path[..end] : "/";
}
