using System.Text;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Exports;

/// <summary>The file that <c>sha256sum -c</c> reads; pip passes over it.</summary>
public static class DigestList
{
    public const string FileName = "SHA256SUMS";

    private const string Separator = "  ";

    /// <summary>Digests by file name; null for a text that is not such a list.</summary>
    public static IReadOnlyDictionary<string, string>? Parse(string text)
    {
        var digests = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var isEntry = line.Length > Sha256Text.Length + Separator.Length
                && Sha256Text.IsValid(line[..Sha256Text.Length])
                && line.AsSpan(Sha256Text.Length, Separator.Length).SequenceEqual(Separator);
            if (!isEntry)
            {
                return null;
            }

            digests[line[(Sha256Text.Length + Separator.Length)..]] = line[..Sha256Text.Length];
        }

        return digests;
    }

    /// <summary>One line for each file, by name.</summary>
    public static string Render(IEnumerable<KeyValuePair<string, string>> digests) => digests
        .OrderBy(one => one.Key, StringComparer.Ordinal)
        .Aggregate(new StringBuilder(), (text, one) => text.Append($"{one.Value}{Separator}{one.Key}\n"))
        .ToString();
}
