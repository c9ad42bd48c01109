using System.Buffers;
using System.Globalization;
using System.Text;
using ComposePipCache.TestIndex.Faults;

namespace ComposePipCache.TestIndex.Network;

/// <summary>Sends one answer and cuts it where its fault says.</summary>
internal sealed class TransmissionSender(Wire wire, Pacing pacing, TimeProvider time)
{
    /// <summary>Body bytes handed to the connection so far.</summary>
    public long BodyWritten { get; private set; }

    /// <summary>Called before each piece goes, and before a cut, with what it makes of the answer.</summary>
    public required Action<Outcome> Announce { get; init; }

    public async Task<Outcome> SendAsync(
        Transmission transmission, bool keepAlive, CancellationToken cancellationToken)
    {
        var cut = transmission.Cut;
        if (cut is not null && transmission.CutAfterBytes is null)
        {
            if (await CutAsync(transmission, cancellationToken) is { } ended)
            {
                return ended;
            }

            cut = null;
        }

        var isAll = transmission is { BodyLength: 0, Framing: not Framing.Chunked } && cut is null;
        await WriteAsync(transmission.Head(keepAlive, time.GetUtcNow()), isAll, cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            await using var body = new BodyReader(transmission);
            return await SendBodyAsync(transmission, cut, body, buffer, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<Outcome> SendBodyAsync(
        Transmission transmission, Cut? cut, BodyReader body, byte[] buffer, CancellationToken cancellationToken)
    {
        var isChunked = transmission.Framing == Framing.Chunked;
        while (true)
        {
            var untilCut = cut is null ? long.MaxValue : transmission.CutAfterBytes!.Value - BodyWritten;
            if (untilCut <= 0)
            {
                if (await CutAsync(transmission, cancellationToken) is { } ended)
                {
                    return ended;
                }

                cut = null;
                continue;
            }

            var piece = buffer.AsMemory(0, (int)Math.Min(pacing.PieceSize, untilCut));
            var count = await body.ReadAsync(piece, cancellationToken);
            if (count == 0)
            {
                break;
            }

            await WritePieceAsync(transmission, piece[..count], cancellationToken);
        }

        if (isChunked)
        {
            await WriteAsync("0\r\n\r\n"u8.ToArray(), isLast: true, cancellationToken);
        }

        return Outcome.Complete;
    }

    private async Task WritePieceAsync(
        Transmission transmission, ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        var isChunked = transmission.Framing == Framing.Chunked;
        if (isChunked)
        {
            var size = piece.Length.ToString("x", CultureInfo.InvariantCulture);
            await WriteAsync(Encoding.ASCII.GetBytes(size + "\r\n"), isLast: false, cancellationToken);
        }

        await pacing.WaitAsync(piece.Length, cancellationToken);
        BodyWritten += piece.Length;
        var isLast = !isChunked && BodyWritten == transmission.BodyLength
            && (transmission.Cut is null || transmission.CutAfterBytes != BodyWritten);
        await SendAsync(piece, isLast, cancellationToken);
        if (isChunked)
        {
            await WriteAsync("\r\n"u8.ToArray(), isLast: false, cancellationToken);
        }
    }

    private async ValueTask WriteAsync(byte[] bytes, bool isLast, CancellationToken cancellationToken)
    {
        await pacing.WaitAsync(bytes.Length, cancellationToken);
        await SendAsync(bytes, isLast, cancellationToken);
    }

    private ValueTask SendAsync(ReadOnlyMemory<byte> bytes, bool isLast, CancellationToken cancellationToken) =>
        wire.WriteAsync(bytes, () => Announce(isLast ? Outcome.Complete : Outcome.Running), cancellationToken);

    private async Task<Outcome?> CutAsync(Transmission transmission, CancellationToken cancellationToken)
    {
        switch (transmission.Cut)
        {
            case Cut.Reset:
                await wire.DrainAsync(time, cancellationToken);
                Announce(Outcome.Reset);
                wire.Abort(Cut.Reset);
                return Outcome.Reset;
            case Cut.Close:
                Announce(Outcome.Closed);
                wire.Abort(Cut.Close);
                return Outcome.Closed;
            default:
                if (transmission.StallFor is { } pause)
                {
                    await Task.Delay(pause, time, cancellationToken);
                    return null;
                }

                await wire.WaitForClientToLeaveAsync(cancellationToken);
                return Outcome.Stalled;
        }
    }
}
