using System.Buffers;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;

namespace ComposePipCache.Wheelhouse.Store;

/// <summary>Copies a stream and tells the SHA-256 of what went through.</summary>
/// <remarks>A source that fails is told apart from a disk that fails: only that one is about the wheelhouse.</remarks>
internal sealed class HashingCopy
{
    private const int BufferSize = 128 * 1024;

    public long Length { get; private set; }

    public string Sha256 { get; private set; } = "";

    /// <summary>Why the source could not be read to its end.</summary>
    public ExceptionDispatchInfo? SourceFailure { get; private set; }

    public static async Task<HashingCopy> HashAsync(Stream source, CancellationToken cancellationToken)
    {
        var hash = new HashingCopy();
        await hash.RunAsync(source, Stream.Null, cancellationToken);
        hash.SourceFailure?.Throw();
        return hash;
    }

    /// <summary>Copies to an empty file; a whole file shares its blocks with the copy where that works.</summary>
    public Task RunAsync(Stream source, FileStream target, CancellationToken cancellationToken) =>
        source is FileStream { Position: 0 } file && UnixCalls.TryClone(file.SafeFileHandle, target.SafeFileHandle)
            ? RunAsync(target, Stream.Null, cancellationToken)
            : RunAsync(source, (Stream)target, cancellationToken);

    private async Task RunAsync(Stream source, Stream target, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (await ReadAsync(source, buffer, cancellationToken) is var count and > 0)
            {
                hash.AppendData(buffer, 0, count);
                Length += count;
                await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private async Task<int> ReadAsync(Stream source, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception error) when (WriteFailures.IsFailure(error))
        {
            SourceFailure = ExceptionDispatchInfo.Capture(error);
            return 0;
        }
    }
}
