using ComposePipCache.Wheelhouse.Errors;

namespace ComposePipCache.Wheelhouse.Store;

/// <summary>The wheels and sdists on this host, found by their content.</summary>
/// <remarks>
/// Any number of processes may use one root at once, and any of them may be killed at any instant: a file is either
/// there as a whole or not at all. A root that does not exist is an empty wheelhouse; the first file creates it.
/// </remarks>
public sealed class WheelhouseStore : IFileSource, IDisposable
{
    private const string FolderName = "wheelhouse";

    private readonly StoreLayout _layout;
    private readonly StoreWriter _writer;

    private WheelhouseStore(StoreLayout layout)
    {
        _layout = layout;
        _writer = new StoreWriter(layout);
    }

    public string Root => _layout.Root;

    internal StoreLayout Layout => _layout;

    internal StoreWriter Writer => _writer;

    /// <summary>Opens the wheelhouse among the other things in a cache directory.</summary>
    /// <inheritdoc cref="Open"/>
    public static WheelhouseStore OpenIn(string cacheDirectory) => Open(Path.Combine(cacheDirectory, FolderName));

    /// <summary>Removes what killed processes left half done, nothing else.</summary>
    public static WheelhouseStore Open(string root)
    {
        var layout = new StoreLayout(Path.GetFullPath(root));
        WorkFolder.Sweep(layout.Partial);
        return new WheelhouseStore(layout);
    }

    public bool Contains(string sha256) => Find(sha256) is not null;

    /// <summary>A stored file by its content; under the first of its names when it has several.</summary>
    public StoredFile? Find(string sha256) => StoreListing.Find(_layout, Sha256Text.Normalize(sha256), fileName: null);

    /// <summary>A stored file by its content and one of its names.</summary>
    public StoredFile? Find(string sha256, string fileName) =>
        StoreListing.Find(_layout, Sha256Text.Normalize(sha256), fileName);

    Task<StoredFile?> IFileSource.FindAsync(WantedFile file, CancellationToken cancellationToken) =>
        Task.FromResult(Find(file.Sha256, file.FileName) ?? Find(file.Sha256));

    /// <summary>All files, by digest and name.</summary>
    public IEnumerable<StoredFile> List() => StoreListing.List(_layout);

    public StoreUsage Measure()
    {
        var sizes = List().GroupBy(file => file.Sha256, StringComparer.Ordinal).Select(group => group.First().Size);
        return sizes.Aggregate(new StoreUsage(0, 0), (sum, size) => new StoreUsage(sum.Files + 1, sum.Bytes + size));
    }

    /// <summary>Stores what a stream holds; of an expected file that is there already, nothing is read.</summary>
    /// <remarks>Without an expected digest nobody promised anything about the content.</remarks>
    /// <exception cref="DigestMismatchException">The content is another one; nothing was stored.</exception>
    /// <exception cref="DiskFullException">There is no room for it.</exception>
    /// <exception cref="WheelhouseException">The name cannot be kept, or the wheelhouse cannot be written.</exception>
    public async Task<StoredFile> AddAsync(
        string fileName, string? expectedSha256, Stream content, CancellationToken cancellationToken)
    {
        var expected = Prepare(fileName, expectedSha256);
        if (expected is not null && Find(expected, fileName) is { } known)
        {
            return known;
        }

        var copy = new HashingCopy();
        var length = content.CanSeek ? content.Length - content.Position : 0;
        var stored = await _writer.WithTemporaryAsync(
            async stream =>
            {
                await copy.RunAsync(content, stream, cancellationToken);
                return copy.SourceFailure is null
                    ? Publish(stream, fileName, expected, copy.Sha256, copy.Length)
                    : null;
            },
            () => Math.Max(length, copy.Length));
        copy.SourceFailure?.Throw();
        return stored!;
    }

    /// <summary>Stores a copy of a file, sharing its blocks where the file system can.</summary>
    /// <remarks>Never a hard link: whoever writes into the original later would change the copy too.</remarks>
    /// <inheritdoc cref="AddAsync"/>
    public async Task<StoredFile> AddExistingFileAsync(
        string path, string? expectedSha256, CancellationToken cancellationToken)
    {
        await using var source = ExistingFile.Open(path);
        return await AddAsync(Path.GetFileName(path), expectedSha256, source, cancellationToken);
    }

    /// <summary>Reads a stored file to its end and compares it with its digest.</summary>
    public static async Task<StoredFileState> VerifyAsync(StoredFile file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file.Path))
        {
            return StoredFileState.Missing;
        }

        var copy = await ExistingFile.HashAsync(file.Path, cancellationToken);
        return copy.Sha256 == file.Sha256 ? StoredFileState.Intact : StoredFileState.Damaged;
    }

    /// <summary>Removes one name of a content; the content goes with its last name.</summary>
    public void Remove(StoredFile file)
    {
        try
        {
            File.Delete(file.Path);
            var folder = _layout.FolderOf(file.Sha256);
            if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }
        catch (Exception error) when (WriteFailures.IsFailure(error) && !File.Exists(file.Path))
        {
            // The file is gone; another process is using its folder.
        }
        catch (Exception error) when (WriteFailures.IsFailure(error))
        {
            throw WriteFailures.Explain(error, Root, needed: 0);
        }
    }

    public void Dispose() => _writer.Dispose();

    /// <summary>Moves a complete file of our own into place when it is the promised one.</summary>
    internal StoredFile Publish(FileStream complete, string fileName, string? expected, string sha256, long length)
    {
        if (expected is not null && sha256 != Sha256Text.Normalize(expected))
        {
            throw new DigestMismatchException(fileName, expected, sha256);
        }

        // A file that is there already is replaced by the same bytes: that mends one that was damaged.
        var path = Path.Combine(_layout.FolderOf(sha256), fileName);
        StoreWriter.Publish(complete, path);
        return new StoredFile(sha256, fileName, path, length);
    }

    private static string? Prepare(string fileName, string? expectedSha256)
    {
        if (!PackageFileName.IsValid(fileName))
        {
            throw new WheelhouseException(WheelhouseErrors.BadFileName(fileName));
        }

        return expectedSha256 is null ? null : Sha256Text.Normalize(expectedSha256);
    }
}
