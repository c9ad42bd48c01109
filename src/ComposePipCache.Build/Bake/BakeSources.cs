using ComposePipCache.BuildKit.Session;

namespace ComposePipCache.Build.Bake;

/// <summary>The directories of a target, by local source name.</summary>
internal sealed class BakeSources(IReadOnlyDictionary<string, string> directories) : ILocalSources
{
    private readonly Dictionary<string, LocalSource> _sources = directories.ToDictionary(
        directory => directory.Key,
        directory => new LocalSource(directory.Key, directory.Value),
        StringComparer.Ordinal);

    /// <inheritdoc/>
    public LocalSource? Find(string name) => _sources.GetValueOrDefault(name);
}
