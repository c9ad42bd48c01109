using ComposePipCache.TestIndex.Faults;
using ComposePipCache.TestIndex.Http;
using ComposePipCache.TestIndex.Serving;

namespace ComposePipCache.TestIndex.Counting;

/// <summary>Counts requests and bytes; running requests count with what they have sent so far.</summary>
internal sealed class Ledger
{
    private const int LogLimit = 100_000;

    private readonly Lock _lock = new();
    private readonly List<RequestEntry> _log = [];
    private readonly SortedDictionary<long, ConnectionTally> _connections = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _firstSequence = 1;
    private long _lastConnection;

    public long OpenConnection() => Change(() =>
    {
        _connections[++_lastConnection] = new ConnectionTally(_lastConnection, 0, 0, IsOpen: true);
        return _lastConnection;
    });

    public void CountBytes(long connection, long bytes) => Change(() => ChangeConnection(
        connection, tally => tally with { Bytes = tally.Bytes + bytes }));

    public void CloseConnection(long connection) =>
        Change(() => ChangeConnection(connection, tally => tally with { IsOpen = false }));

    public long Begin(long connection, RequestHead head, Route route, FaultPlan plan) => Change(() =>
    {
        ChangeConnection(connection, tally => tally with { Requests = tally.Requests + 1 });
        var entry = new RequestEntry
        {
            Sequence = _firstSequence + _log.Count,
            Connection = connection,
            Kind = route.Kind,
            Method = head.Method,
            Target = head.Target,
            Index = route.Flavour?.Name,
            Project = route.Project,
            FileName = route.FileName,
            Range = head["Range"],
            Accept = head["Accept"],
            UserAgent = head["User-Agent"],
            Rules = plan.RuleIds,
        };
        _log.Add(entry);
        if (_log.Count > LogLimit)
        {
            _log.RemoveAt(0);
            _firstSequence++;
        }

        return entry.Sequence;
    });

    public void Update(long sequence, Func<RequestEntry, RequestEntry> change) => Change(() =>
    {
        var place = (int)(sequence - _firstSequence);
        if (place >= 0 && place < _log.Count)
        {
            _log[place] = change(_log[place]);
        }

        return true;
    });

    public IReadOnlyList<RequestEntry> Log()
    {
        lock (_lock)
        {
            return [.. _log];
        }
    }

    /// <summary>Forgets all; requests that still run are not counted any more.</summary>
    public void Reset() => Change(() =>
    {
        _firstSequence += _log.Count;
        _log.Clear();
        foreach (var (id, tally) in _connections.ToList())
        {
            _connections.Remove(id);
            if (tally.IsOpen)
            {
                _connections[id] = new ConnectionTally(id, 0, 0, IsOpen: true);
            }
        }

        return true;
    });

    public Snapshot Snapshot()
    {
        lock (_lock)
        {
            return new Snapshot
            {
                Total = TallyOf(_log),
                Kinds = By(_log, entry => entry.Kind),
                Files = By(_log.Where(entry => entry.Kind == RequestKind.File), entry => entry.FileName!),
                Metadata = By(_log.Where(entry => entry.Kind == RequestKind.Metadata), entry => entry.FileName!),
                Pages = By(_log.Where(entry => entry.Kind is RequestKind.Page or RequestKind.List),
                    entry => entry.Target.Split('?')[0]),
                Connections = [.. _connections.Values],
            };
        }
    }

    /// <summary>Waits until the counters satisfy a condition.</summary>
    public async Task<Snapshot> WaitAsync(Func<Snapshot, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            if (Snapshot() is var snapshot && condition(snapshot))
            {
                return snapshot;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private static Dictionary<TKey, Tally> By<TKey>(IEnumerable<RequestEntry> log, Func<RequestEntry, TKey> key)
        where TKey : notnull => log.GroupBy(key).ToDictionary(group => group.Key, TallyOf);

    private static Tally TallyOf(IEnumerable<RequestEntry> entries) =>
        entries.Aggregate(new Tally(), (tally, entry) => tally.Plus(entry));

    private bool ChangeConnection(long id, Func<ConnectionTally, ConnectionTally> change)
    {
        if (_connections.TryGetValue(id, out var tally))
        {
            _connections[id] = change(tally);
        }

        return true;
    }

    private T Change<T>(Func<T> change)
    {
        T result;
        lock (_lock)
        {
            result = change();
        }

        // A waiter reads the task before it reads the counters, so that no change goes by unseen.
        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        return result;
    }
}
