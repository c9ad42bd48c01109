using System.Text;

namespace ComposePipCache.Tests.Build.Resolve;

/// <summary>Waits for the first line that is written to it.</summary>
internal sealed class LineStream : MemoryStream
{
    private readonly TaskCompletionSource<string> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<string> LineAsync(CancellationToken cancellationToken) => _line.Task.WaitAsync(cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        var text = Encoding.UTF8.GetString(ToArray());
        if (text.Contains('\n', StringComparison.Ordinal))
        {
            _line.TrySetResult(text.Split('\n')[0]);
        }

        return ValueTask.CompletedTask;
    }
}
