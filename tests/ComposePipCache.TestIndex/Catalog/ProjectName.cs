using System.Text.RegularExpressions;

namespace ComposePipCache.TestIndex.Catalog;

/// <summary>PEP 503 names: runs of <c>-_.</c> become one dash, letters become lower case.</summary>
internal static partial class ProjectName
{
    public static string Normalize(string name) => Separators().Replace(name, "-").ToLowerInvariant();

    [GeneratedRegex("[-_.]+", RegexOptions.None, 1000)]
    private static partial Regex Separators();
}
