using System.IO.Pipelines;
using ComposePipCache.Build.Doorbell.Containers;
using ComposePipCache.BuildKit.Gateway;

namespace ComposePipCache.Build.Doorbell;

/// <summary>A program in a container of its own, as the step would run it; its streams are ours.</summary>
internal sealed class StepProcess : IAsyncDisposable
{
    private const int Buffer = 1024 * 1024;

    private readonly GatewayContainer _container;
    private readonly Pipe _input = new(new PipeOptions(pauseWriterThreshold: Buffer, useSynchronizationContext: false));
    private readonly Pipe _output = new(new PipeOptions(pauseWriterThreshold: Buffer, useSynchronizationContext: false));
    private readonly TailStream _errors = new(() => { });
    private readonly CancellationTokenSource _lifetime = new();
    private readonly Task _run;

    /// <summary>Starts it; the container ends with it.</summary>
    public StepProcess(GatewayContainer container, ProcessRequest request)
    {
        _container = container;
        Input = _input.Writer.AsStream();
        Output = _output.Reader.AsStream();
        _run = RunAsync(request with
        {
            StandardInput = _input.Reader.AsStream(),
            StandardOutput = _output.Writer.AsStream(leaveOpen: true),
            StandardError = _errors,
        });
    }

    /// <summary>What it reads.</summary>
    public Stream Input { get; }

    /// <summary>What it writes; ends with it.</summary>
    public Stream Output { get; }

    /// <summary>The last of what it wrote to its error stream.</summary>
    public string Errors => _errors.ToString();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _input.Writer.CompleteAsync();
        await _lifetime.CancelAsync();
        await _output.Reader.CompleteAsync();
        await _run.ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await _container.DisposeAsync();
        _lifetime.Dispose();
    }

    private async Task RunAsync(ProcessRequest request)
    {
        try
        {
            await _container.ExecAsync(request, _lifetime.Token);
        }
        finally
        {
            await _output.Writer.CompleteAsync();
            await _input.Reader.CompleteAsync();
        }
    }
}
