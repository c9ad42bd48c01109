using System.Collections.Concurrent;
using ComposePipCache.TestIndex.Pages;

namespace ComposePipCache.TestIndex.Catalog;

/// <summary>All that is offered at one time; a rescan replaces the whole of it.</summary>
internal sealed class PackageCatalog
{
    private readonly SortedDictionary<string, Lazy<IReadOnlyList<Distribution>>> _projects =
        new(StringComparer.Ordinal);

    private readonly Dictionary<string, Distribution> _scanned;
    private readonly Lazy<Dictionary<string, Distribution>> _generated;

    public PackageCatalog(IEnumerable<Distribution> scanned, IReadOnlyList<ReleaseHistory> histories)
    {
        var files = scanned.ToList();
        _scanned = files.ToDictionary(file => file.Location, StringComparer.Ordinal);
        var older = histories.ToDictionary(
            history => ProjectName.Normalize(history.Project),
            history => new Lazy<IReadOnlyList<Distribution>>(() => [.. history.Distributions()]),
            StringComparer.Ordinal);
        _generated = new(() => older.Values.SelectMany(files => files.Value)
            .ToDictionary(file => file.Location, StringComparer.Ordinal));

        foreach (var (name, history) in older)
        {
            _projects[name] = history;
        }

        foreach (var project in files.GroupBy(file => file.Project, StringComparer.Ordinal))
        {
            var history = older.GetValueOrDefault(project.Key);
            _projects[project.Key] = new(() => [.. history?.Value ?? [], .. project]);
        }
    }

    public IEnumerable<string> Projects => _projects.Keys;

    /// <summary>Pages rendered from this catalog; they go when it goes.</summary>
    public ConcurrentDictionary<PageKey, RenderedPage> Pages { get; } = new();

    public IReadOnlyList<Distribution>? FilesOf(string project) => _projects.GetValueOrDefault(project)?.Value;

    public Distribution? Find(string location) =>
        _scanned.GetValueOrDefault(location) ?? _generated.Value.GetValueOrDefault(location);
}
