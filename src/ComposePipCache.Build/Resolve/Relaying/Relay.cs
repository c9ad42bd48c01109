using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace ComposePipCache.Build.Resolve.Relaying;

/// <summary>
/// Our end of a script that runs in a container: connections its clients make, connections we make from inside its
/// network, commands beside it.
/// </summary>
/// <remarks>
/// All of it goes over two streams, so nothing but a process's stdin and stdout is needed, wherever it runs. Ending
/// the relay kills what runs beside the script and resets every connection.
/// </remarks>
public sealed class Relay : IAsyncDisposable
{
    private const int MostWaiting = 256;
    private const int LargestFile = 64 * 1024 * 1024;

    private readonly ConcurrentDictionary<uint, RelayStream> _channels = new();
    private readonly Channel<RelayStream> _accepted = Channel.CreateBounded<RelayStream>(MostWaiting);
    private readonly TaskCompletionSource<RelayHello> _hello = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly FrameWriter _writer;
    private readonly Task _reading;
    private volatile Exception? _end;
    private uint _lastNumber;

    private Relay(Stream fromScript, Stream toScript)
    {
        _writer = new FrameWriter(toScript);
        _reading = ReadAsync(new FrameReader(fromScript, Take));
    }

    /// <summary>Where the script takes connections, on 127.0.0.1.</summary>
    public int Port { get; private set; }

    /// <summary>A folder that ends with the script.</summary>
    public string Folder { get; private set; } = "";

    /// <summary>Waits for the script to begin.</summary>
    /// <exception cref="RelayEndedException">It did not.</exception>
    public static async Task<Relay> StartAsync(
        Stream fromScript, Stream toScript, CancellationToken cancellationToken)
    {
        var relay = new Relay(fromScript, toScript);
        try
        {
            var hello = await relay._hello.Task.WaitAsync(cancellationToken);
            relay.Port = hello.Port;
            relay.Folder = hello.Folder;
            return relay;
        }
        catch
        {
            await relay.DisposeAsync();
            throw;
        }
    }

    /// <summary>The next connection of a client; null when the relay has ended.</summary>
    public async ValueTask<RelayStream?> AcceptAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _accepted.Reader.ReadAsync(cancellationToken);
        }
        catch (ChannelClosedException)
        {
            return null;
        }
    }

    /// <summary>Connects from inside the container's network.</summary>
    /// <exception cref="RelayRefusedException">There is no connection; it says why.</exception>
    /// <exception cref="RelayEndedException">There is no relay any more.</exception>
    public Task<RelayStream> DialAsync(
        string host, int port, TimeSpan patience, CancellationToken cancellationToken)
    {
        var order = JsonSerializer.SerializeToUtf8Bytes(
            new DialOrder(host, port, patience.TotalSeconds), RelayJson.Default.DialOrder);
        return OpenAsync(FrameKind.Dial, order, isOneWay: false, cancellationToken);
    }

    /// <summary>Runs a command to its end and returns its exit code, negative for a signal.</summary>
    /// <remarks>Cancelling kills the command and what it started.</remarks>
    /// <exception cref="RelayRefusedException">It could not be started.</exception>
    /// <exception cref="RelayEndedException">The script ended first.</exception>
    public async Task<int> RunAsync(RelayCommand command, CancellationToken cancellationToken)
    {
        var order = JsonSerializer.SerializeToUtf8Bytes(
            new RunOrder(command.Arguments, command.Set, command.Unset, command.Files, command.Directory),
            RelayJson.Default.RunOrder);
        // Its exit ends it, not the end of its output.
        var channel = NewChannel(directions: 2);
        try
        {
            await SendAsync(FrameKind.Run, channel.Number, order, cancellationToken);
            await channel.CopyToAsync(command.Output ?? Stream.Null, cancellationToken);
            return await channel.Outcome.WaitAsync(cancellationToken);
        }
        finally
        {
            channel.Abort();
        }
    }

    /// <summary>A file as the script's user can read it.</summary>
    /// <exception cref="RelayRefusedException">It cannot be read.</exception>
    /// <exception cref="RelayEndedException">There is no relay any more.</exception>
    /// <exception cref="InvalidDataException">It is larger than 64 MiB.</exception>
    public async Task<byte[]> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        var order = Encoding.UTF8.GetBytes(path);
        await using var channel = await OpenAsync(FrameKind.Read, order, isOneWay: true, cancellationToken);
        using var content = new MemoryStream();
        var buffer = new byte[RelayStream.PieceLength];
        while (await channel.ReadAsync(buffer, cancellationToken) is var count and > 0)
        {
            await content.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            if (content.Length > LargestFile)
            {
                throw new InvalidDataException($"{path} is too large");
            }
        }

        return content.ToArray();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _stop.CancelAsync();
        await _reading;
        _stop.Dispose();
    }

    internal Task SendAsync(
        FrameKind kind, uint channel, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        _writer.SendAsync(kind, channel, payload, cancellationToken);

    internal void Reset(RelayStream channel)
    {
        if (_channels.TryRemove(channel.Number, out _))
        {
            channel.Fail(new IOException("the connection was reset"));
            _ = SendResetAsync(channel.Number);
        }
    }

    internal void Forget(RelayStream channel) => _channels.TryRemove(channel.Number, out _);

    private async Task<RelayStream> OpenAsync(
        FrameKind kind, ReadOnlyMemory<byte> order, bool isOneWay, CancellationToken cancellationToken)
    {
        var channel = NewChannel(isOneWay ? 1 : 2);
        try
        {
            await SendAsync(kind, channel.Number, order, cancellationToken);
            await channel.Outcome.WaitAsync(cancellationToken);
            return channel;
        }
        catch
        {
            channel.Abort();
            throw;
        }
    }

    private RelayStream NewChannel(int directions)
    {
        // Odd numbers are the script's.
        var channel = new RelayStream(this, Interlocked.Add(ref _lastNumber, 2), directions);
        _channels[channel.Number] = channel;
        if (_end is { } end)
        {
            Forget(channel);
            channel.Fail(end);
        }

        return channel;
    }

    private async Task SendResetAsync(uint number)
    {
        try
        {
            await SendAsync(FrameKind.Reset, number, default, CancellationToken.None);
        }
        catch (RelayEndedException)
        {
            // With the relay all of its connections have ended.
        }
    }

    private async Task ReadAsync(FrameReader reader)
    {
        Exception end = new RelayEndedException();
        try
        {
            await reader.RunAsync(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed.
        }
        catch (Exception error) when (error is IOException or InvalidDataException or ObjectDisposedException)
        {
            end = new RelayEndedException(error);
        }

        _end = end;
        _hello.TrySetException(end);
        _ = _hello.Task.Exception;
        _accepted.Writer.TryComplete();
        foreach (var channel in _channels.Values)
        {
            Forget(channel);
            channel.Fail(end);
        }
    }

    private void Take(FrameKind kind, uint number, ReadOnlySequence<byte> payload)
    {
        if (kind == FrameKind.Hello)
        {
            _hello.TrySetResult(ReadHello(payload));
        }
        else if (kind == FrameKind.Accepted)
        {
            Accept(number);
        }
        else if (_channels.TryGetValue(number, out var channel))
        {
            Take(kind, channel, payload);
        }
    }

    private void Take(FrameKind kind, RelayStream channel, ReadOnlySequence<byte> payload)
    {
        switch (kind)
        {
            case FrameKind.Exited:
                Forget(channel);
                channel.Finish(RelayStream.ReadNumber(payload));
                break;
            case FrameKind.Failed:
                Forget(channel);
                channel.Fail(new RelayRefusedException(Encoding.UTF8.GetString(payload)));
                break;
            case FrameKind.Reset:
                Forget(channel);
                channel.Fail(new IOException("the connection was reset"));
                break;
            default:
                channel.Take(kind, payload);
                break;
        }
    }

    private void Accept(uint number)
    {
        var channel = new RelayStream(this, number, directions: 2);
        _channels[number] = channel;
        if (!_accepted.Writer.TryWrite(channel))
        {
            Reset(channel);
        }
    }

    private static RelayHello ReadHello(ReadOnlySequence<byte> payload)
    {
        var reader = new Utf8JsonReader(payload);
        try
        {
            return JsonSerializer.Deserialize(ref reader, RelayJson.Default.RelayHello)!;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException("the relay in the container sends no frames", error);
        }
    }
}
