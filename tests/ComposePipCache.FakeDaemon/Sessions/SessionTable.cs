namespace ComposePipCache.FakeDaemon.Sessions;

/// <summary>The sessions clients have opened.</summary>
internal sealed class SessionTable
{
    private readonly Lock _turn = new();
    private readonly List<SessionCaller> _sessions = [];

    public IReadOnlyList<SessionCaller> All
    {
        get
        {
            lock (_turn)
            {
                return [.. _sessions];
            }
        }
    }

    public void Add(SessionCaller session)
    {
        lock (_turn)
        {
            _sessions.Add(session);
        }
    }

    public SessionCaller? Find(string id)
    {
        lock (_turn)
        {
            return _sessions.Find(session => session.Id == id);
        }
    }
}
