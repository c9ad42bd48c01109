using System.Buffers;

namespace ComposePipCache.Wheelhouse.Store;

/// <summary>A SHA-256 as the wheelhouse writes it: 64 lower-case hex digits, so it is safe in a path.</summary>
public static class Sha256Text
{
    public const int Length = 64;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    public static bool IsValid(string text) => text.Length == Length && !text.AsSpan().ContainsAnyExcept(Digits);

    /// <summary>Lower-cases a digest from elsewhere.</summary>
    /// <exception cref="ArgumentException">It is not a SHA-256.</exception>
    public static string Normalize(string text)
    {
        var lower = text.ToLowerInvariant();
        return IsValid(lower) ? lower : throw new ArgumentException("not a SHA-256 in hex", nameof(text));
    }
}
