using System.Buffers;

namespace ComposePipCache.Python.Logs;

/// <summary>Knows pip's folders of built wheels: <c>wheels/ab/cd/ef/(50 hex digits)/name.whl</c>.</summary>
internal static class WheelCachePath
{
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");
    private static readonly int[] Lengths = [2, 2, 2, 50];

    public static bool IsMatch(string url)
    {
        var parts = url.Split('/');
        if (parts.Length < Lengths.Length + 2 || parts[^(Lengths.Length + 2)] != "wheels")
        {
            return false;
        }

        for (var i = 0; i < Lengths.Length; i++)
        {
            var part = parts[parts.Length - 1 - Lengths.Length + i];
            if (part.Length != Lengths[i] || part.AsSpan().IndexOfAnyExcept(Hex) >= 0)
            {
                return false;
            }
        }

        return true;
    }
}
