using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ComposePipCache.Cli.Output;

/// <summary>The progress of a builder that no compose started: a line when a step begins and when it ends.</summary>
/// <remarks>Takes what it writes for compose: SolveStatus objects, one a line, and text, which is passed on.</remarks>
/// <param name="output">Where readers look.</param>
/// <param name="areStepsShown">Whether steps are of interest; text always is.</param>
internal sealed class PlainProgress(IOutput output, bool areStepsShown) : Stream
{
    private readonly List<byte> _line = [];
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        foreach (var one in buffer)
        {
            if (one == '\n')
            {
                Flush();
            }
            else
            {
                _line.Add(one);
            }
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    /// <summary>Shows the line so far; lines come whole, so that nothing is cut.</summary>
    public override void Flush()
    {
        if (_line is [])
        {
            return;
        }

        var line = _line.ToArray();
        _line.Clear();
        if (line[0] != '{')
        {
            output.Note(Encoding.UTF8.GetString(line));
        }
        else if (areStepsShown)
        {
            Show(line);
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        Flush();
        return Task.CompletedTask;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Show(byte[] line)
    {
        using var status = JsonDocument.Parse(line);
        if (!status.RootElement.TryGetProperty("vertexes", out var vertices))
        {
            return;
        }

        foreach (var vertex in vertices.EnumerateArray())
        {
            var name = Text(vertex, "name");
            var (started, completed) = (Time(vertex, "started"), Time(vertex, "completed"));
            var isCached = vertex.TryGetProperty("cached", out var cached) && cached.GetBoolean();
            if (started is not { } begin || Text(vertex, "digest") is not { } digest)
            {
                continue;
            }

            if (completed is { } end)
            {
                var outcome = Text(vertex, "error") is not null ? "ERROR"
                    : isCached ? "CACHED"
                    : string.Create(CultureInfo.InvariantCulture, $"{(end - begin).TotalSeconds:0.0}s");
                _told.Add(digest); // it may be told of its start once more
                Tell(digest + "end", end == begin ? $"=> {name}" : $"=> {name} {outcome}");
            }
            else if (!isCached)
            {
                Tell(digest, $"=> {name} ...");
            }
        }
    }

    private void Tell(string key, string text)
    {
        if (_told.Add(key))
        {
            output.Note(text);
        }
    }

    private static string? Text(JsonElement vertex, string key) =>
        vertex.TryGetProperty(key, out var value) && value.GetString() is { Length: > 0 } text ? text : null;

    private static DateTimeOffset? Time(JsonElement vertex, string key) =>
        vertex.TryGetProperty(key, out var value) && value.TryGetDateTimeOffset(out var time) ? time : null;
}
