namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>Runs a process to its end on the given streams: input is read, output and errors are written.</summary>
/// <returns>The exit code.</returns>
internal delegate Task<int> ShellProcess(
    IReadOnlyList<string> arguments,
    Stream input,
    Stream output,
    Stream errors,
    CancellationToken cancellationToken);
