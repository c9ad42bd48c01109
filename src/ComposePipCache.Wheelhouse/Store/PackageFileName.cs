using System.Buffers;
using System.Text;

namespace ComposePipCache.Wheelhouse.Store;

/// <summary>Which names a package file may have: one path segment with the ending of a wheel or an sdist.</summary>
public static class PackageFileName
{
    private const int LongestInBytes = 255;
    private const string WheelEnding = ".whl";

    // Reserved on Windows and refused everywhere: no version or tag has one, and a wheelhouse is copied.
    private static readonly SearchValues<char> Reserved = SearchValues.Create("/\\:*?\"<>|");

    // Those that pip unpacks.
    private static readonly string[] SdistEndings =
    [
        ".tar.gz", ".tgz", ".zip", ".tar.bz2", ".tbz", ".tar.xz", ".txz", ".tar", ".tar.lzma", ".tlz", ".tar.lz",
    ];

    public static bool IsWheel(string fileName) =>
        fileName.EndsWith(WheelEnding, StringComparison.OrdinalIgnoreCase) && IsSafe(fileName);

    public static bool IsSdist(string fileName) =>
        SdistEndings.Any(ending => fileName.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) && IsSafe(fileName);

    public static bool IsValid(string fileName) => IsWheel(fileName) || IsSdist(fileName);

    private static bool IsSafe(string fileName) =>
        fileName[0] != '.'
        && !fileName.AsSpan().ContainsAny(Reserved)
        && !fileName.Any(char.IsControl)
        && Encoding.UTF8.GetByteCount(fileName) <= LongestInBytes
        && HasNoLoneSurrogate(fileName);

    private static bool HasNoLoneSurrogate(string fileName) =>
        !fileName.EnumerateRunes().Contains(Rune.ReplacementChar);
}
