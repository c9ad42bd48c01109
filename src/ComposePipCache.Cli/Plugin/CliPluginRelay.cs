using System.Net.Sockets;
using ComposePipCache.Build;

namespace ComposePipCache.Cli.Plugin;

/// <summary>Hands on what docker's socket says to the plugin that we start.</summary>
/// <remarks>
/// Compose looks for the socket late in its start, and lives on when it is gone by then: a request that came before
/// was lost. Our socket stays, and closes on those who come late as well.
/// </remarks>
internal sealed class CliPluginRelay : IAsyncDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private readonly CancellationTokenSource _closed = new();
    private readonly List<Socket> _connections = [];
    private readonly Socket? _listener;
    private readonly string _name = "";
    private readonly Task _work = Task.CompletedTask;
    private volatile bool _isSeen;

    private CliPluginRelay()
    {
    }

    private CliPluginRelay(EnvironmentSnapshot environment)
    {
        _name = $"docker_pipcache_{Guid.NewGuid().ToString("N")}";
        _listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(new UnixDomainSocketEndPoint($"\0{_name}"));
        _listener.Listen();
        _work = Task.WhenAll(AcceptAsync(_listener), WatchAsync(environment));
    }

    /// <summary>Fires when docker has closed its socket, or is gone.</summary>
    public CancellationToken Closed => _closed.Token;

    /// <summary>Whether the plugin has not connected so far.</summary>
    public bool IsUnseen => _listener is not null && !_isSeen;

    /// <summary>Hands nothing on without docker's socket, and where sockets have no abstract names.</summary>
    public static CliPluginRelay Open(EnvironmentSnapshot environment) =>
        OperatingSystem.IsLinux() && environment[CliPluginSocket.Variable] is not null
            ? new CliPluginRelay(environment)
            : new CliPluginRelay();

    /// <summary>The environment for the plugin.</summary>
    public EnvironmentSnapshot Hand(EnvironmentSnapshot environment) =>
        _listener is null ? environment : environment.With(CliPluginSocket.Variable, $"@{_name}");

    /// <summary>Tells the plugin to end, as docker would.</summary>
    public bool TryClose()
    {
        _closed.Cancel();
        Close();
        return _listener is not null;
    }

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        await _work;
        _listener?.Dispose();
        Close();
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                var connection = await listener.AcceptAsync(_disposed.Token);
                _isSeen = true;
                lock (_connections)
                {
                    _connections.Add(connection);
                }

                if (_closed.IsCancellationRequested)
                {
                    Close();
                }
            }
        }
        catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
        {
            // The plugin has ended.
        }
    }

    private async Task WatchAsync(EnvironmentSnapshot environment)
    {
        try
        {
            await CliPluginSocket.WaitForCloseAsync(environment, _disposed.Token);
            await _closed.CancelAsync();
            Close();
        }
        catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
        {
            // The plugin has ended.
        }
    }

    private void Close()
    {
        lock (_connections)
        {
            _connections.ForEach(connection => connection.Dispose());
            _connections.Clear();
        }
    }
}
