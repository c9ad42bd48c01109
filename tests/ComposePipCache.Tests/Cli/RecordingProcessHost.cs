using ComposePipCache.Cli.Processes;

namespace ComposePipCache.Tests.Cli;

/// <summary>Starts nothing, remembers what it was asked to start, and answers what it was told to.</summary>
internal sealed class RecordingProcessHost : IProcessHost
{
    public List<ProgramStart> Replaced { get; } = [];

    public List<ProgramStart> Supervised { get; } = [];

    public List<ProgramStart> Captured { get; } = [];

    public int ExitCode { get; set; }

    /// <summary>What a supervised program does.</summary>
    public Action<ProgramStart> Run { get; set; } = _ => { };

    public Func<ProgramStart, CancellationToken, Task<CapturedRun>> Answer { get; set; } =
        (_, _) => Task.FromResult(new CapturedRun(0, """{"SchemaVersion":"0.1.0","Version":"v2.40.3"}"""));

    public Task<int> ReplaceAsync(ProgramStart program)
    {
        Replaced.Add(program);
        return Task.FromResult(ExitCode);
    }

    public ISignalHold HoldSignals(Func<bool>? tryAsk) => new NoSignals();

    public Task<int> SuperviseAsync(
        ProgramStart program,
        ReadOnlyMemory<byte>? standardInput,
        ISignalHold? signals,
        CancellationToken cancellationToken)
    {
        Supervised.Add(program);
        Run(program);
        return Task.FromResult(ExitCode);
    }

    public Task<CapturedRun> CaptureAsync(ProgramStart program, CancellationToken cancellationToken)
    {
        Captured.Add(program);
        return Answer(program, cancellationToken);
    }

    private sealed class NoSignals : ISignalHold
    {
        public CancellationToken Requested => CancellationToken.None;

        public void Attach(int child)
        {
        }

        public void Terminate()
        {
        }

        public void Dispose()
        {
        }
    }
}
