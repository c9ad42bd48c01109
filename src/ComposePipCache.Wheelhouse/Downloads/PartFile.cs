using System.Buffers;
using System.Security.Cryptography;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Downloads;

/// <summary>The bytes of a file that have come so far, and their digest.</summary>
internal sealed class PartFile : IDisposable
{
    private const int BufferSize = 128 * 1024;

    private readonly FileStream _file;
    private readonly string _root;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private PartFile(FileStream file, string root)
    {
        _file = file;
        _root = root;
    }

    public long Length { get; private set; }

    public FileStream Stream => _file;

    /// <summary>Opens what an earlier process left, or an empty part.</summary>
    public static async Task<PartFile> OpenAsync(string path, string root, CancellationToken cancellationToken)
    {
        try
        {
            var part = new PartFile(
                new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0), root);
            await part.ReadAsync(cancellationToken);
            return part;
        }
        catch (Exception error) when (WriteFailures.IsFailure(error))
        {
            throw WriteFailures.Explain(error, root, needed: 0);
        }
    }

    /// <exception cref="Errors.WheelhouseException">The disk is full or fails.</exception>
    public async Task AppendAsync(ReadOnlyMemory<byte> bytes, long? total, CancellationToken cancellationToken)
    {
        try
        {
            await _file.WriteAsync(bytes, cancellationToken);
        }
        catch (Exception error) when (WriteFailures.IsFailure(error))
        {
            // Half of the bytes may be there; the digest knows none of them.
            _file.SetLength(Length);
            throw WriteFailures.Explain(error, _root, Math.Max(total ?? 0, Length + bytes.Length));
        }

        _hash.AppendData(bytes.Span);
        Length += bytes.Length;
    }

    /// <summary>Starts anew.</summary>
    public void Reset()
    {
        _file.SetLength(0);
        _hash.GetHashAndReset();
        Length = 0;
    }

    /// <summary>The digest of all bytes so far.</summary>
    public string Sha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Dispose()
    {
        _hash.Dispose();
        _file.Dispose();
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (await _file.ReadAsync(buffer, cancellationToken) is var count and > 0)
            {
                _hash.AppendData(buffer, 0, count);
                Length += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
