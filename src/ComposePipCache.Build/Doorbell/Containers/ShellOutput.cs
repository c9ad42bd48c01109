using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>Standard output of a container's shell: lines and counted bytes.</summary>
internal sealed class ShellOutput(PipeReader reader)
{
    private const int LongestLine = 4096;

    /// <summary>The next line without its end.</summary>
    /// <exception cref="EndOfStreamException">The process ended, or what it says is no line.</exception>
    public async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            if (result.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.UTF8.GetString(result.Buffer.Slice(0, end));
                reader.AdvanceTo(result.Buffer.GetPosition(1, end));
                return line;
            }

            var isTooLong = result.Buffer.Length > LongestLine;
            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (result.IsCompleted || isTooLong)
            {
                throw new EndOfStreamException();
            }
        }
    }

    /// <summary>Up to so many bytes; never none.</summary>
    /// <exception cref="EndOfStreamException">The process ended.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            var read = (int)Math.Min(result.Buffer.Length, destination.Length);
            var part = result.Buffer.Slice(0, read);
            part.CopyTo(destination.Span);
            reader.AdvanceTo(part.End);
            if (read > 0)
            {
                return read;
            }

            if (result.IsCompleted)
            {
                throw new EndOfStreamException();
            }
        }
    }

    /// <summary>Whoever still writes is not kept waiting.</summary>
    public ValueTask CloseAsync() => reader.CompleteAsync();
}
