using System.Globalization;
using ComposePipCache.BuildKit.Connection;
using ComposePipCache.BuildKit.Errors;
using ComposePipCache.Protocol.Gateways;
using Google.Protobuf;
using Grpc.Core;

namespace ComposePipCache.BuildKit.Gateway;

/// <summary>A throw-away container of a running build. Its first process is its life: later ones die with it.</summary>
public sealed class GatewayContainer : IAsyncDisposable
{
    private const int ChunkLength = 256 * 1024;

    private readonly GatewayClient _gateway;
    private readonly BuildKitConnection _connection;
    private int _processes;

    internal GatewayContainer(GatewayClient gateway, BuildKitConnection connection, string id)
    {
        _gateway = gateway;
        _connection = connection;
        Id = id;
    }

    /// <summary>Chosen by the client, unique within the build.</summary>
    public string Id { get; }

    /// <summary>Runs a process to its end and returns its exit code.</summary>
    /// <exception cref="BuildKitException">The process could not be run.</exception>
    public async Task<int> ExecAsync(ProcessRequest request, CancellationToken cancellationToken)
    {
        using var lifetime = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var call = _connection.Bridge.ExecProcess(_gateway.Options(lifetime.Token));
        var processId = string.Create(CultureInfo.InvariantCulture, $"{Id}-{Interlocked.Increment(ref _processes)}");
        await GrpcCalls.UnwrapAsync(StartAsync(call.RequestStream, processId, request, lifetime.Token), cancellationToken);
        var input = PumpInputAsync(call.RequestStream, processId, request.StandardInput, lifetime.Token);
        try
        {
            return await GrpcCalls.UnwrapAsync(
                ReadUntilDoneAsync(call.ResponseStream, request, lifetime.Token), cancellationToken);
        }
        finally
        {
            await lifetime.CancelAsync();
            await input.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    /// <summary>Releases the container and with it the locks on its cache mounts.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            using var deadline = new CancellationTokenSource(_connection.Timeouts.Answer);
            var request = new ReleaseContainerRequest { ContainerID = Id };
            await _connection.Bridge.ReleaseContainerAsync(request, _gateway.Options(deadline.Token));
        }
        catch (RpcException)
        {
            // The build has ended or the connection broke: the daemon has released it already.
        }
    }

    private async Task<bool> StartAsync(
        IClientStreamWriter<ExecMessage> requests,
        string processId,
        ProcessRequest request,
        CancellationToken cancellationToken)
    {
        var init = new InitMessage { ContainerID = Id, Meta = request.Meta, Fds = { 0, 1, 2 } };
        init.Secretenv.Add(request.SecretEnvironment);
        await requests.WriteAsync(new ExecMessage { ProcessID = processId, Init = init }, cancellationToken);
        return true;
    }

    private static async Task PumpInputAsync(
        IClientStreamWriter<ExecMessage> requests,
        string processId,
        Stream? input,
        CancellationToken cancellationToken)
    {
        var buffer = new byte[ChunkLength];
        int read;
        while (input is not null && (read = await input.ReadAsync(buffer, cancellationToken)) > 0)
        {
            var data = new FdMessage { Fd = 0, Data = ByteString.CopyFrom(buffer, 0, read) };
            await requests.WriteAsync(new ExecMessage { ProcessID = processId, File = data }, cancellationToken);
        }

        var end = new FdMessage { Fd = 0, EOF = true };
        await requests.WriteAsync(new ExecMessage { ProcessID = processId, File = end }, cancellationToken);
    }

    private static async Task<int> ReadUntilDoneAsync(
        IAsyncStreamReader<ExecMessage> responses,
        ProcessRequest request,
        CancellationToken cancellationToken)
    {
        var exit = new ExitMessage();
        while (await responses.MoveNext(cancellationToken))
        {
            var message = responses.Current;
            switch (message.InputCase)
            {
                case ExecMessage.InputOneofCase.File:
                    await WriteOutputAsync(request, message.File, cancellationToken);
                    break;
                case ExecMessage.InputOneofCase.Exit:
                    exit = message.Exit;
                    break;
                case ExecMessage.InputOneofCase.Done:
                    return ExitCode(exit);
                default:
                    break;
            }
        }

        throw new BuildKitException("the daemon ended the process's stream without an exit code", StatusCode.Internal);
    }

    /// <summary>Code 255 with an error that names no exit code means that nothing ran (buildkit frontend/gateway).</summary>
    private static int ExitCode(ExitMessage exit)
    {
        const uint Unknown = 255;
        if (exit.Error is { } error && (exit.Code == 0 || (exit.Code == Unknown && !NamesExitCode(error.Message))))
        {
            throw new BuildKitException(error.Message, (StatusCode)error.Code);
        }

        // Windows has codes beyond the sign bit.
        return unchecked((int)exit.Code);
    }

    private static bool NamesExitCode(string message) => message.Contains("exit code: 255", StringComparison.Ordinal);

    private static async Task WriteOutputAsync(ProcessRequest request, FdMessage file, CancellationToken cancellationToken)
    {
        var output = file.Fd == 1 ? request.StandardOutput : request.StandardError;
        if (output is not null && file.Data.Length > 0)
        {
            await output.WriteAsync(file.Data.Memory, cancellationToken);
        }
    }
}
