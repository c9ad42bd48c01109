using System.Text;
using ComposePipCache.Wheelhouse.Errors;
using ComposePipCache.Wheelhouse.Inventory;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Exports;

/// <summary>Copies stored files into a plain folder for <c>pip install --no-index --find-links</c>.</summary>
/// <remarks>
/// A copy shares its blocks with the original where the file system can, and is never a hard link: the folder is the
/// user's to change. No package that was there before is replaced.
/// </remarks>
public sealed class WheelExport
{
    private readonly ExportFolder _folder;

    /// <param name="store">Where the files come from.</param>
    /// <param name="folder">Absolute; made when it is not there.</param>
    /// <exception cref="WheelhouseException">The folder is inside the wheelhouse.</exception>
    public WheelExport(WheelhouseStore store, string folder)
    {
        _folder = new ExportFolder(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        if ((_folder.Path + Path.DirectorySeparatorChar).StartsWith(
            store.Root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new WheelhouseException(ExportErrors.InsideWheelhouse(_folder.Path, store.Root));
        }
    }

    /// <summary>Copies what was chosen, each file checked against its digest on the way.</summary>
    /// <exception cref="WheelhouseException">The folder cannot be written.</exception>
    public async Task<ExportReport> RunAsync(IEnumerable<StoredPackage> packages, CancellationToken cancellationToken)
    {
        try
        {
            _folder.Prepare();
            List<ExportedFile> files = [];
            foreach (var package in packages)
            {
                files.Add(new ExportedFile(package, await CopyAsync(package.File, cancellationToken)));
            }

            var there = files.Where(file => file.IsThere).Select(file => file.Package.File);
            return new ExportReport(files, await TryWriteDigestsAsync(there, cancellationToken));
        }
        catch (Exception error) when (WriteFailures.IsFailure(error))
        {
            throw new WheelhouseException(ExportErrors.NotWritable(_folder.Path, error.Message), error);
        }
    }

    private async Task<ExportOutcome> CopyAsync(StoredFile file, CancellationToken cancellationToken)
    {
        var path = _folder.At(file.FileName);
        if (Path.Exists(path))
        {
            return await IsSameAsync(path, file, cancellationToken) ? ExportOutcome.Present : ExportOutcome.Occupied;
        }

        await using var source = TryOpen(file);
        return source is null
            ? ExportOutcome.Damaged
            : await CopyAsync(source, path, file.Sha256, cancellationToken);
    }

    private Task<ExportOutcome> CopyAsync(
        FileStream source, string path, string sha256, CancellationToken cancellationToken) =>
        _folder.WithTemporaryAsync(async temporary =>
        {
            var copy = new HashingCopy();
            await copy.RunAsync(source, temporary, cancellationToken);
            if (copy.SourceFailure is not null || copy.Sha256 != sha256)
            {
                return ExportOutcome.Damaged;
            }

            return ExportFolder.TryPublish(temporary, path) ? ExportOutcome.Copied : ExportOutcome.Occupied;
        });

    // A list that is there grows; one that is none of ours stays as it is.
    private async Task<bool> TryWriteDigestsAsync(IEnumerable<StoredFile> files, CancellationToken cancellationToken)
    {
        var path = _folder.At(DigestList.FileName);
        var earlier = DigestList.Parse(
            File.Exists(path) ? await File.ReadAllTextAsync(path, cancellationToken) : "");
        if (earlier is null)
        {
            return false;
        }

        var digests = earlier.Where(one => File.Exists(_folder.At(one.Key)))
            .ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal);
        foreach (var file in files)
        {
            digests[file.FileName] = file.Sha256;
        }

        return await _folder.WithTemporaryAsync(async temporary =>
        {
            await temporary.WriteAsync(Encoding.UTF8.GetBytes(DigestList.Render(digests)), cancellationToken);
            File.Move(temporary.Name, path, overwrite: true);
            return true;
        });
    }

    private static FileStream? TryOpen(StoredFile file)
    {
        try
        {
            return ExistingFile.Open(file.Path);
        }
        catch (WheelhouseException)
        {
            return null; // it was pruned meanwhile, or the disk does not give it back
        }
    }

    private static async Task<bool> IsSameAsync(string path, StoredFile file, CancellationToken cancellationToken)
    {
        try
        {
            return new FileInfo(path).Length == file.Size
                && (await ExistingFile.HashAsync(path, cancellationToken)).Sha256 == file.Sha256;
        }
        catch (Exception error) when (error is WheelhouseException or FileNotFoundException)
        {
            return false; // a folder, or a file that we may not read: not ours in any case
        }
    }
}
