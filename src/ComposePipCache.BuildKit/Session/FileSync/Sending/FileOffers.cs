namespace ComposePipCache.BuildKit.Session.FileSync.Sending;

/// <summary>Files that were described and not asked for yet. Written by the listing, read by the requests.</summary>
internal sealed class FileOffers
{
    private readonly Lock _lock = new();
    private readonly Dictionary<uint, OfferedFile> _files = [];

    internal void Add(OfferedFile file)
    {
        lock (_lock)
        {
            _files.Add(file.Id, file);
        }
    }

    /// <exception cref="FileTransferException">Not on offer; each file can be taken once.</exception>
    internal OfferedFile Take(uint id)
    {
        lock (_lock)
        {
            return _files.Remove(id, out var file) ? file : throw FileTransferException.UnknownFile(id);
        }
    }
}
