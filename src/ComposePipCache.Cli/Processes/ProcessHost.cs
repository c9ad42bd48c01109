using System.ComponentModel;
using System.Diagnostics;
using ComposePipCache.Build;
using ComposePipCache.Cli.Errors;

namespace ComposePipCache.Cli.Processes;

/// <summary>Starts real processes.</summary>
internal sealed class ProcessHost : IProcessHost
{
    public ISignalHold HoldSignals(Func<bool>? tryAsk) => new SignalRelay(tryAsk);

    public Task<int> ReplaceAsync(ProgramStart program) => OperatingSystem.IsWindows()
        ? SuperviseAsync(program, null, null, CancellationToken.None)
        : throw ProcessImage.Replace(program);

    public async Task<int> SuperviseAsync(
        ProgramStart program,
        ReadOnlyMemory<byte>? standardInput,
        ISignalHold? signals,
        CancellationToken cancellationToken)
    {
        using var own = signals is null ? HoldSignals(null) : null;
        signals ??= own!;
        if (signals.Requested.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }

        var info = StartInfoOf(AsSupervised(program));
        info.RedirectStandardInput = standardInput is not null;
        info.RedirectStandardOutput = program.IsOutputForReader;
        var child = new SupervisedChild(() => Start(info, program.Path), standardInput);
        signals.Attach(await child.Started);
        await using var cancelled = cancellationToken.Register(signals.Terminate);
        return await child.Exited;
    }

    public async Task<CapturedRun> CaptureAsync(ProgramStart program, CancellationToken cancellationToken)
    {
        var info = StartInfoOf(program);
        info.RedirectStandardOutput = true;
        info.RedirectStandardError = true;
        using var process = Start(info, program.Path);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            _ = await errors;
            await process.WaitForExitAsync(cancellationToken);
            return new CapturedRun(process.ExitCode, output);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static ProgramStart AsSupervised(ProgramStart program) => OperatingSystem.IsLinux()
        ? program with { Path = Environment.ProcessPath!, Arguments = Launcher.Wrap(program) }
        : program;

    private static ProcessStartInfo StartInfoOf(ProgramStart program)
    {
        var info = new ProcessStartInfo(program.Path, program.Arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = program.Environment.CurrentDirectory,
        };
        info.Environment.Clear();
        foreach (var (name, value) in program.Environment.Variables)
        {
            info.Environment[name] = value;
        }

        return info;
    }

    private static Process Start(ProcessStartInfo info, string path)
    {
        try
        {
            return Process.Start(info)!;
        }
        catch (Win32Exception error)
        {
            throw new PipCacheException(CliErrors.CannotStart(path, error.Message), error);
        }
    }
}
