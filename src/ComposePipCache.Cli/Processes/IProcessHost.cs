namespace ComposePipCache.Cli.Processes;

/// <summary>How other programs are started. What differs between platforms is behind it.</summary>
internal interface IProcessHost
{
    /// <summary>Becomes the program: nothing of ours remains, and its exit code is the process's.</summary>
    /// <remarks>Where a platform cannot do that, the program is a child that is waited for.</remarks>
    Task<int> ReplaceAsync(ProgramStart program);

    /// <summary>Keeps signals from ending us while there is no child yet to pass them on to.</summary>
    /// <param name="tryAsk">
    /// Asks the child to end in another way than by a signal, and tells whether it could; null to send signals on.
    /// </param>
    ISignalHold HoldSignals(Func<bool>? tryAsk);

    /// <summary>Runs a child on our own streams that ends when we do, and tells its exit code.</summary>
    /// <param name="program">What to run.</param>
    /// <param name="standardInput">What it reads; null to let it read what we would have read.</param>
    /// <param name="signals">Those held so far; null to begin with the child.</param>
    /// <param name="cancellationToken">Asks it to end; its exit code is waited for all the same.</param>
    Task<int> SuperviseAsync(
        ProgramStart program,
        ReadOnlyMemory<byte>? standardInput,
        ISignalHold? signals,
        CancellationToken cancellationToken);

    /// <summary>Runs a child for what it writes to its standard output, and ends it when that takes too long.</summary>
    Task<CapturedRun> CaptureAsync(ProgramStart program, CancellationToken cancellationToken);
}
