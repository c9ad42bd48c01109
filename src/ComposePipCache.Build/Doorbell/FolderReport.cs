using ComposePipCache.Build.Fallback;
using ComposePipCache.Wheelhouse.Sources;

namespace ComposePipCache.Build.Doorbell;

/// <summary>Words what of the user's folders cannot be offered.</summary>
internal static class FolderReport
{
    private const int MostNames = 5;

    /// <summary>A line for each folder that has something to be told of.</summary>
    public static IEnumerable<string> Of(IEnumerable<FindLinksFolder> folders) =>
        folders.Select(Describe).Where(line => line.Length > 0);

    /// <summary>Names wheels that the step's interpreter cannot take; null when there are none.</summary>
    public static string? Unfit(IReadOnlyList<OfferedFile> files, string interpreter) => files.Count == 0
        ? null
        : $"{Left(files.Count)} for another interpreter than {interpreter}: {Names(files.Select(file => file.Stored.FileName))}";

    private static string Describe(FindLinksFolder folder)
    {
        if (folder.Problems.FirstOrDefault(problem => problem.FileName is null) is { Text: var text })
        {
            return text.Why is { } why ? $"{text.What} ({why})" : text.What;
        }

        var parts = new List<string>();
        if (folder.Problems.Count > 0)
        {
            var names = folder.Problems.Select(problem => $"{problem.FileName} ({problem.Text.Why})");
            parts.Add($"{Left(folder.Problems.Count)}: {Names(names)}");
        }

        if (folder.SkippedCount > 0)
        {
            parts.Add($"{Entries(folder.SkippedCount)} no package");
        }

        return parts.Count > 0 ? $"{folder.Path}: {string.Join("; ", parts)}" : "";
    }

    private static string Left(int count) => Wording.Count(count, "file") + " left out";

    private static string Entries(int count) => count == 1 ? "1 entry is" : $"{count} entries are";

    private static string Names(IEnumerable<string> names)
    {
        var all = names.ToList();
        var first = string.Join(", ", all.Take(MostNames));
        return all.Count > MostNames ? $"{first} and {all.Count - MostNames} more" : first;
    }
}
