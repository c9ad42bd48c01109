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
    private const int ChunkLength = 1024 * 1024;

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
        var input = SendAsync(call.RequestStream, processId, request, lifetime.Token);
        var output = ReadUntilDoneAsync(call.ResponseStream, request, lifetime.Token);
        try
        {
            if (await Task.WhenAny(input, output) == input && input.IsFaulted)
            {
                await input;
            }

            return await GrpcCalls.UnwrapAsync(output, cancellationToken);
        }
        finally
        {
            await lifetime.CancelAsync();
            await SettleAsync(input);
            await SettleAsync(output);
        }
    }

    /// <summary>Releases the container and with it the locks on its cache mounts.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _gateway.ReleaseAsync(new ReleaseContainerRequest { ContainerID = Id }, CancellationToken.None);
        }
        catch (BuildKitException)
        {
            // The build has ended or the connection broke: the daemon has released it already.
        }
    }

    /// <summary>Starts the process and feeds it. Fails only where the input cannot be read.</summary>
    private async Task SendAsync(
        IClientStreamWriter<ExecMessage> requests,
        string processId,
        ProcessRequest request,
        CancellationToken cancellationToken)
    {
        var init = new InitMessage { ContainerID = Id, Meta = request.Meta, Fds = { 0, 1, 2 } };
        init.Secretenv.Add(request.SecretEnvironment);
        var message = new ExecMessage { ProcessID = processId, Init = init };
        var buffer = new byte[ChunkLength];
        while (await TryWriteAsync(requests, message, cancellationToken) && message.File is not { EOF: true })
        {
            var read = request.StandardInput is { } input ? await input.ReadAsync(buffer, cancellationToken) : 0;
            var data = read > 0
                // Once written it is serialized, and the buffer is ours again.
                ? new FdMessage { Fd = 0, Data = UnsafeByteOperations.UnsafeWrap(buffer.AsMemory(0, read)) }
                : new FdMessage { Fd = 0, EOF = true };
            message = new ExecMessage { ProcessID = processId, File = data };
        }
    }

    /// <summary>False when the call is over: the reading side learns why.</summary>
    private static async Task<bool> TryWriteAsync(
        IClientStreamWriter<ExecMessage> requests,
        ExecMessage message,
        CancellationToken cancellationToken)
    {
        try
        {
            await requests.WriteAsync(message, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException)
        {
            return false;
        }
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

        throw new ConnectionLostException(
            "the engine ended the process's stream before the process was done", StatusCode.Internal);
    }

    /// <summary>
    /// Code 255 with an error that names no exit code means that nothing ran (buildkit frontend/gateway).
    /// </summary>
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

    private static async Task WriteOutputAsync(
        ProcessRequest request,
        FdMessage file,
        CancellationToken cancellationToken)
    {
        var output = file.Fd == 1 ? request.StandardOutput : request.StandardError;
        if (output is not null && file.Data.Length > 0)
        {
            await output.WriteAsync(file.Data.Memory, cancellationToken);
        }
    }

    private static async Task SettleAsync(Task task)
    {
        const ConfigureAwaitOptions Context = ConfigureAwaitOptions.ContinueOnCapturedContext;
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | Context);
    }
}
