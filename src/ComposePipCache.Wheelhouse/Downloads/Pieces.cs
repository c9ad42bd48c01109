using System.Buffers;
using System.Net;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Downloads;

/// <summary>
/// Fetches the pieces of a long file that lie behind the one on its way, a few at a time, each into a file of its own.
/// </summary>
/// <remarks>
/// A piece that fails stays as it is: whoever takes it asks for its rest. Of the methods one is called at a time.
/// </remarks>
internal sealed class Pieces : IAsyncDisposable
{
    private const int BufferSize = 128 * 1024;

    private readonly HttpFetch _fetch;
    private readonly PartFolder _folder;
    private readonly string _key;
    private readonly long _size;
    private readonly PieceRules _rules;
    private readonly Dictionary<long, Task> _running = [];
    private readonly CancellationTokenSource _end = new();
    private PartJournal? _journal;
    private long _length;
    private bool _isEnded;

    private Pieces(HttpFetch fetch, PartFolder folder, (string Key, long Size) file, PieceRules rules)
    {
        _fetch = fetch;
        _folder = folder;
        (_key, _size) = file;
        _rules = rules;
    }

    /// <summary>Called whenever something came, from any thread.</summary>
    public Action? Arrived { get; set; }

    /// <summary>How many bytes have come that were not taken yet.</summary>
    public long Length => Math.Max(0, Interlocked.Read(ref _length));

    /// <summary>Null for a file that is too short, or of which nobody has promised what it is.</summary>
    public static Pieces? Of(DownloadRequest request, HttpFetch fetch, PartFolder folder, PieceRules rules) =>
        request is { Sha256: not null, Size: { } size } && size >= 2 * rules.Size
            ? new Pieces(fetch, folder, (PartFolder.KeyOf(request), size), rules)
            : null;

    /// <summary>Where the piece ends that a byte is in; null behind the end of the file as it was announced.</summary>
    public long? EndOf(long position) => position < _size
        ? Math.Min(_size, ((position / _rules.Size) + 1) * _rules.Size)
        : null;

    /// <summary>Starts on pieces behind a position, once a server was seen to send parts.</summary>
    public void Begin(long position, PartJournal journal)
    {
        if (journal.Length == _size)
        {
            _journal = journal;
            StartBehind(position);
        }
    }

    /// <summary>Adds to a part what has come of the piece at its end.</summary>
    public async Task TakeAsync(PartFile part, CancellationToken cancellationToken)
    {
        while (part.Length % _rules.Size == 0 && EndOf(part.Length) is { } end)
        {
            var start = part.Length;
            var isCounted = _running.Remove(start, out var fetch);
            await (fetch ?? Task.CompletedTask).WaitAsync(cancellationToken);
            var taken = await part.AppendFileAsync(_folder.PieceOf(_key, start), end - start, _size, cancellationToken);
            Interlocked.Add(ref _length, isCounted ? -taken : 0);
            if (part.Length < end)
            {
                return;
            }

            StartBehind(part.Length);
        }
    }

    /// <summary>Ends all work and forgets what came of it.</summary>
    public async Task DropAsync()
    {
        await DisposeAsync();
        _folder.DiscardPieces(_key);
    }

    /// <summary>Ends all work; what came of it is there for the next process.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_isEnded)
        {
            _isEnded = true;
            await _end.CancelAsync();
            await Task.WhenAll(_running.Values);
            _end.Dispose();
        }
    }

    // The piece that the position is in is somebody else's.
    private void StartBehind(long position)
    {
        for (var start = EndOf(position); _journal is not null && start < _size; start = EndOf(start.Value))
        {
            if (_running.ContainsKey(start.Value))
            {
                continue;
            }

            if (!_rules.Slots.Wait(0, CancellationToken.None))
            {
                return;
            }

            _running.Add(start.Value, FetchAsync(start.Value, _journal));
        }
    }

    private async Task FetchAsync(long start, PartJournal journal)
    {
        await Task.Yield();
        try
        {
            using var watch = new StallWatch(_rules.StallTimeout, _rules.Time, _end.Token);
            await using var file = new FileStream(
                _folder.PieceOf(_key, start), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            Interlocked.Add(ref _length, file.Length);
            var end = EndOf(start)!.Value;
            if (start + file.Length >= end)
            {
                return;
            }

            watch.Touch();
            using var response = await _fetch.SendAsync(start + file.Length, end, journal.ETag, isPastCaches: false, watch.Token);
            if (IsThatPiece(response, start + file.Length, journal))
            {
                await CopyAsync(response, file, end - start, watch);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or HttpRequestException or RedirectException
            || WriteFailures.IsFailure(error))
        {
            // Whoever takes it asks for the rest, and meets what is wrong.
        }
        finally
        {
            _rules.Slots.Release();
        }
    }

    private bool IsThatPiece(HttpResponseMessage response, long from, PartJournal journal) =>
        response is { StatusCode: HttpStatusCode.PartialContent, Content.Headers.ContentRange: { Unit: "bytes" } range }
        && range.From == from && range.Length == _size
        && (journal.ETag is null || response.Headers.ETag is null || response.Headers.ETag.ToString() == journal.ETag);

    private async Task CopyAsync(HttpResponseMessage response, FileStream file, long length, StallWatch watch)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(watch.Token);
            while (await body.ReadAsync(buffer, watch.Token) is var count and > 0)
            {
                watch.Touch();
                count = (int)Math.Min(count, length - file.Length);
                await file.WriteAsync(buffer.AsMemory(0, count), watch.Token);
                Interlocked.Add(ref _length, count);
                Arrived?.Invoke();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
