using ComposePipCache.Wheelhouse.Errors;
using ComposePipCache.Wheelhouse.Locks;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Sources;

/// <summary>Remembers what reading the files of a folder has told, so that each file is read once.</summary>
internal sealed class FolderFactsStore(WheelhouseStore store)
{
    private static readonly RecordFormat<FolderFacts> Format = new(
        FolderJson.Default.FolderFacts,
        FolderFacts.CurrentFormat,
        (facts, key) => FindLinksFolder.IdentityOf(facts.Folder) == key && facts.Files.All(IsValid));

    private readonly RecordFolder<FolderFacts> _records = new(store.Layout.Facts, Format, store.Writer);

    public IEnumerable<FileFacts> Load(string folder) =>
        _records.Find(FindLinksFolder.IdentityOf(folder)).Record?.Files ?? [];

    /// <summary>Digests of files in any known folder that are still as they were when they were read.</summary>
    public IReadOnlySet<string> PresentDigests() => _records.Keys()
        .Select(key => _records.Find(key).Record)
        .OfType<FolderFacts>()
        .SelectMany(facts => facts.Files, (facts, file) => (Path: Path.Combine(facts.Folder, file.FileName), file))
        .Where(one => one.file.Sha256 is not null && one.file.Stamp == FileStamp.Of(one.Path))
        .Select(one => one.file.Sha256!)
        .ToHashSet(StringComparer.Ordinal);

    public async Task SaveAsync(string folder, IEnumerable<FileFacts> files, CancellationToken cancellationToken)
    {
        var facts = new FolderFacts
        {
            Folder = folder,
            Files = [.. files.OrderBy(file => file.FileName, StringComparer.Ordinal)],
        };
        try
        {
            await _records.WriteAsync(FindLinksFolder.IdentityOf(folder), facts, cancellationToken);
        }
        catch (WheelhouseException)
        {
            // Then the files are read again next time.
        }
    }

    private static bool IsValid(FileFacts? file) =>
        file is not null && (file.Sha256 is null || Sha256Text.IsValid(file.Sha256));
}
