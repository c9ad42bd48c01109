namespace ComposePipCache.TestIndex;

/// <summary>How the answer to a request ended.</summary>
public enum Outcome
{
    /// <summary>Not yet: being sent, delayed, held or stalled.</summary>
    Running,

    /// <summary>All that was to be sent was sent.</summary>
    Complete,

    /// <summary>A rule reset the connection.</summary>
    Reset,

    /// <summary>A rule closed the connection.</summary>
    Closed,

    /// <summary>A rule fell silent until the client left.</summary>
    Stalled,

    /// <summary>The client left before the end.</summary>
    ClientGone,

    /// <summary>The index stopped or went away.</summary>
    Stopped,
}
