using System.Buffers;
using System.Text;

namespace ComposePipCache.Python.Wheels;

/// <summary>Decides which names may become files: whatever an index sends, nothing leaves its folder.</summary>
public static class FileName
{
    /// <summary>What the file systems of all engines take.</summary>
    public const int LongestInBytes = 255;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("/\\:*?\"<>|");

    /// <summary>One part of a path that every platform takes and no shell or pip mistakes for an option.</summary>
    public static bool IsSafe(string name) =>
        name.Length > 0
        && name[0] is not ('.' or '-' or ' ')
        && name[^1] is not ('.' or ' ')
        && name.AsSpan().IndexOfAny(Forbidden) < 0
        && !name.Any(letter => char.IsControl(letter) || char.IsSurrogate(letter))
        && Encoding.UTF8.GetByteCount(name) <= LongestInBytes;
}
