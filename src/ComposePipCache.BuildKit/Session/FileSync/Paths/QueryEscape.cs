using System.Text;

namespace ComposePipCache.BuildKit.Session.FileSync.Paths;

/// <summary>Go's <c>url.QueryUnescape</c>, for names that need not be UTF-8.</summary>
internal static class QueryEscape
{
    /// <returns>The empty string when an escape is malformed, as Go's callers have it.</returns>
    internal static string Decode(string text)
    {
        var source = Encoding.UTF8.GetBytes(text);
        var bytes = new List<byte>(source.Length);
        for (var index = 0; index < source.Length; index++)
        {
            if (source[index] != '%')
            {
                bytes.Add(source[index] == '+' ? (byte)' ' : source[index]);
                continue;
            }

            if (index + 2 >= source.Length
                || !char.IsAsciiHexDigit((char)source[index + 1])
                || !char.IsAsciiHexDigit((char)source[index + 2]))
            {
                return "";
            }

            bytes.AddRange(Convert.FromHexString([(char)source[index + 1], (char)source[index + 2]]));
            index += 2;
        }

        return RawName.Decode([.. bytes]);
    }
}
