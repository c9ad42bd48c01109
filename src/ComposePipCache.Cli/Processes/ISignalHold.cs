namespace ComposePipCache.Cli.Processes;

/// <summary>While it lives, a signal does not end us but waits for a child to go to.</summary>
internal interface ISignalHold : IDisposable
{
    /// <summary>Fires with the first signal.</summary>
    CancellationToken Requested { get; }

    /// <summary>Names the child; a signal that came before it was there goes to it now.</summary>
    void Attach(int child);

    /// <summary>Asks the child to end, as a signal to us would.</summary>
    void Terminate();
}
