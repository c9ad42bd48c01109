using System.Security.Cryptography;
using System.Text;
using ComposePipCache.Wheelhouse.Locks;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Downloads;

/// <summary>Where downloads wait to be whole: bytes, what they are of, a lock for whoever adds to them.</summary>
internal sealed class PartFolder(WheelhouseStore store)
{
    private const string PartEnding = ".part";
    private const string LockEnding = ".lock";

    // Records of the journal lie beside the parts, under the same key.
    private static readonly RecordFormat<PartJournal> Format = new(
        DownloadJson.Default.PartJournal, PartJournal.CurrentFormat, (journal, _) => journal.Length is null or >= 0);

    private readonly string _folder = store.Layout.Partial;

    public RecordFolder<PartJournal> Journals { get; } = new(store.Layout.Partial, Format, store.Writer);

    /// <summary>One content has one part, wherever it comes from.</summary>
    public static string KeyOf(DownloadRequest request) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(request.Sha256 is { } sha256
            ? $"sha256:{sha256.ToLowerInvariant()}\n{request.FileName}"
            : $"url:{request.Url.AbsoluteUri}\n{request.FileName}")));

    public string PartOf(string key) => Path.Combine(_folder, key + PartEnding);

    public string LockOf(string key) => Path.Combine(_folder, key + LockEnding);

    /// <summary>Forgets the bytes and what they are of.</summary>
    public void Discard(string key)
    {
        Delete(PartOf(key));
        Journals.Remove(key);
    }

    /// <summary>Removes parts that nobody went on with.</summary>
    public void Sweep(DateTimeOffset olderThan)
    {
        foreach (var (key, _) in List().Where(one => one.Part.LastWriteTimeUtc < olderThan.UtcDateTime))
        {
            TryDiscard(key);
        }
    }

    /// <summary>All parts, whether somebody adds to them or not.</summary>
    public IEnumerable<(string Key, FileInfo Part)> List() => !Directory.Exists(_folder)
        ? []
        : new DirectoryInfo(_folder).GetFiles("*" + PartEnding)
            .Select(part => (Key: Path.GetFileNameWithoutExtension(part.Name), Part: part))
            .Where(one => Sha256Text.IsValid(one.Key));

    /// <summary>Forgets a part unless somebody is adding to it.</summary>
    public bool TryDiscard(string key)
    {
        using var free = DownloadLock.TryTake(LockOf(key));
        if (free is not null)
        {
            Discard(key);
        }

        return free is not null;
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (WriteFailures.IsFailure(error))
        {
            // Swept later.
        }
    }
}
