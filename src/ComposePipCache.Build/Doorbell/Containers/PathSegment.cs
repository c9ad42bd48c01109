using System.Text;

namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>Names that become one folder or file in a mount.</summary>
internal static class PathSegment
{
    private const int LongestName = 255;

    /// <exception cref="ArgumentException">The name could lead elsewhere.</exception>
    public static string Check(string name) =>
        name is not ("" or "." or "..")
        && !name.AsSpan().ContainsAny('/', '\0', '\n')
        && Encoding.UTF8.GetByteCount(name) <= LongestName
            ? name
            : throw new ArgumentException($"`{name}` is no name for one file", nameof(name));

    /// <summary>A path below a folder, segment by segment.</summary>
    /// <exception cref="ArgumentException">The path could lead elsewhere.</exception>
    public static string CheckPath(string path)
    {
        foreach (var segment in path.Split('/'))
        {
            if (segment is "" or "." or ".." || segment.Contains('\0', StringComparison.Ordinal))
            {
                throw new ArgumentException($"`{path}` is no path below a folder", nameof(path));
            }
        }

        return path;
    }

    /// <exception cref="ArgumentException">Not 64 lower-case hexadecimal digits.</exception>
    public static string CheckSha256(string digest) =>
        digest.Length == 64 && digest.All(char.IsAsciiHexDigitLower)
            ? digest
            : throw new ArgumentException($"`{digest}` is no sha256", nameof(digest));
}
