using System.Runtime.InteropServices;
using ComposePipCache.TestIndex;

IndexOptions options;
try
{
    options = CommandLine.Parse(args);
}
catch (FormatException error)
{
    await Console.Error.WriteLineAsync($"{error.Message}\n\n{CommandLine.Usage}");
    return 1;
}

var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.TrySetResult();
}

using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
await using var index = IndexServer.Start(options);
Console.WriteLine($"listen {index.Url}");
if (index.TlsUrl is { } tls)
{
    Console.WriteLine($"listen-tls {tls}");
}

Console.WriteLine($"control {index.ControlUrl}");
Console.WriteLine("ready");
await stop.Task;
return 0;
