using System.Collections.Concurrent;
using System.Net.Sockets;
using ComposePipCache.TestIndex.Catalog;
using ComposePipCache.TestIndex.Control;
using ComposePipCache.TestIndex.Network;

namespace ComposePipCache.TestIndex;

/// <summary>A Python package index on this machine that counts what it sends and fails as it is told.</summary>
public sealed class IndexServer : IAsyncDisposable
{
    private readonly IndexState _state;
    private readonly List<Listener> _listeners = [];
    private readonly ConcurrentDictionary<Connection, Task> _connections = new();
    private readonly SemaphoreSlim _modeLock = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly ControlServer? _control;

    private IndexServer(IndexOptions options)
    {
        _state = new IndexState(options) { GoAway = () => SwitchAsync(ServingMode.Away, Cut.Reset) };
        Rescan();
        _listeners.Add(new Listener(options.Listen, socket => Accept(socket, isTls: false)));
        if (options.ListenTls is { } tls)
        {
            _listeners.Add(new Listener(tls, socket => Accept(socket, isTls: true)));
        }

        _control = options.Control is { } control ? new ControlServer(this, control) : null;
    }

    /// <summary>Without a slash at the end.</summary>
    public string Url => $"http://{_listeners[0].LocalEndPoint}";

    public string? TlsUrl => _listeners.Count > 1 ? $"https://localhost:{_listeners[1].EndPoint.Port}" : null;

    public string? ControlUrl => _control is null ? null : $"http://{_control.EndPoint}";

    /// <summary>What to give to <c>pip --index-url</c>.</summary>
    public string SimpleUrl => Url + "/simple/";

    public ServingMode Mode { get; private set; }

    public TlsMode TlsMode
    {
        get => _state.TlsMode;
        set => _state.TlsMode = value;
    }

    /// <summary>The certificates of the TLS port, for clients that shall trust them.</summary>
    public string CertificatesPem => _state.Certificates.Pem();

    public IReadOnlyList<RuleStatus> Faults => _state.Rules.Rules;

    public static IndexServer Start(IndexOptions options) => new(options);

    /// <summary>Adds a fault rule and returns its id; a rule with the id of another replaces it.</summary>
    public string AddFault(FaultRule rule) => _state.Rules.Add(rule);

    public bool RemoveFault(string id) => _state.Rules.Remove(id);

    public void ClearFaults() => _state.Rules.Clear();

    public void SetLink(LinkSettings settings) => _state.Link.Set(settings);

    public Snapshot Snapshot() => _state.Ledger.Snapshot();

    public IReadOnlyList<RequestEntry> Log() => _state.Ledger.Log();

    public void ResetCounters() => _state.Ledger.Reset();

    /// <summary>Waits until the counters satisfy a condition.</summary>
    public Task<Snapshot> WaitAsync(Func<Snapshot, bool> condition, CancellationToken cancellationToken) =>
        _state.Ledger.WaitAsync(condition, cancellationToken);

    /// <summary>Looks at the folders again; the page of a project that lost its last file is gone.</summary>
    public void Rescan()
    {
        var options = _state.Options;
        var scanner = new Scanner(options.WheelFolders, new DigestCache(options.DigestFile));
        _state.Catalog = new PackageCatalog(scanner.Scan(), options.Histories);
    }

    /// <summary>Changes how the index as a whole behaves; <paramref name="cut"/> is for the way to be away.</summary>
    public async Task SetModeAsync(ServingMode mode, Cut cut = Cut.Reset)
    {
        await SwitchAsync(mode, cut);
        if (mode == ServingMode.Away)
        {
            await Task.WhenAll(_connections.Values);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_control is not null)
        {
            await _control.DisposeAsync();
        }

        foreach (var listener in _listeners)
        {
            await listener.DisposeAsync();
        }

        await _stop.CancelAsync();
        await Task.WhenAll(_connections.Values);
        _stop.Dispose();
        _modeLock.Dispose();
    }

    // Without waiting for the connections: one of them may be the caller.
    private async Task SwitchAsync(ServingMode mode, Cut cut)
    {
        await _modeLock.WaitAsync(_stop.Token);
        try
        {
            Mode = mode;
            await ChangeModeAsync(mode, cut);
        }
        finally
        {
            _modeLock.Release();
        }
    }

    private async Task ChangeModeAsync(ServingMode mode, Cut cut)
    {
        if (mode is ServingMode.Paused or ServingMode.NotAccepting)
        {
            _state.Link.Gate.Close();
        }

        foreach (var listener in _listeners)
        {
            await (mode switch
            {
                ServingMode.Away => listener.GoAwayAsync(),
                ServingMode.NotAccepting => listener.StopAcceptingAsync(),
                _ => listener.ServeAsync(),
            });
        }

        if (mode == ServingMode.Away)
        {
            foreach (var connection in _connections.Keys)
            {
                connection.Abort(cut);
            }
        }

        if (mode is ServingMode.Serving or ServingMode.Away)
        {
            _state.Link.Gate.Open();
        }
    }

    private void Accept(Socket socket, bool isTls)
    {
        var connection = new Connection(socket, _state, isTls);
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _connections[connection] = RunAsync(connection, start.Task);
        start.SetResult();
    }

    private async Task RunAsync(Connection connection, Task start)
    {
        await start;
        using (connection)
        {
            await connection.RunAsync(_stop.Token);
        }

        _connections.TryRemove(connection, out _);
    }
}
