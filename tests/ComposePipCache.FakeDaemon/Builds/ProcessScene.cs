using ComposePipCache.Protocol.Gateways;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using RpcStatus = ComposePipCache.Protocol.Rpc.Status;

namespace ComposePipCache.FakeDaemon.Builds;

/// <summary>One process in a gateway container, as the engine sees it.</summary>
public sealed class ProcessScene
{
    private readonly IAsyncStreamReader<ExecMessage> _requests;
    private readonly IServerStreamWriter<ExecMessage> _responses;
    private readonly ServerCallContext _context;
    private readonly string _processId;

    internal ProcessScene(
        IAsyncStreamReader<ExecMessage> requests,
        IServerStreamWriter<ExecMessage> responses,
        ServerCallContext context,
        ExecMessage first)
    {
        _requests = requests;
        _responses = responses;
        _context = context;
        _processId = first.ProcessID;
        Init = first.Init;
    }

    /// <summary>How the process was started.</summary>
    public InitMessage Init { get; }

    /// <summary>Fires when the client gives the process up.</summary>
    public CancellationToken Cancelled => _context.CancellationToken;

    /// <summary>The next piece of stdin, or null at its end.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReadInputAsync()
    {
        while (await _requests.MoveNext(Cancelled))
        {
            if (_requests.Current.File is { Fd: 0 } data)
            {
                return data.EOF ? default(ReadOnlyMemory<byte>?) : data.Data.Memory;
            }
        }

        return null;
    }

    /// <summary>Writes to stdout (1) or stderr (2).</summary>
    public Task WriteAsync(uint descriptor, ReadOnlyMemory<byte> data) =>
        SendAsync(message => message.File = new FdMessage { Fd = descriptor, Data = ByteString.CopyFrom(data.Span) });

    /// <summary>Reports the exit without the message that closes the stream.</summary>
    public Task ReportExitAsync(uint code, RpcStatus? error = null) =>
        SendAsync(message => message.Exit = new ExitMessage { Code = code, Error = error });

    /// <summary>Ends as BuildKit does: exit, then done; an exit code is an error as well.</summary>
    public async Task ExitAsync(uint code)
    {
        var error = code == 0 ? null : new RpcStatus { Code = (int)StatusCode.Unknown, Message = $"exit code: {code}" };
        await ReportExitAsync(code, error);
        await DoneAsync();
    }

    /// <summary>The message that closes a process's stream.</summary>
    public Task DoneAsync() => SendAsync(message => message.Done = new DoneMessage());

    /// <summary>Resets the call's stream.</summary>
    public void Reset(int errorCode = 2) =>
        _context.GetHttpContext().Features.Get<IHttpResetFeature>()!.Reset(errorCode);

    /// <summary>Closes the whole connection.</summary>
    public void Break() => _context.GetHttpContext().Features.Get<Network.EngineStream>()!.Break();

    internal Task StartAsync() => SendAsync(message => message.Started = new StartedMessage());

    private Task SendAsync(Action<ExecMessage> fill)
    {
        var message = new ExecMessage { ProcessID = _processId };
        fill(message);
        return _responses.WriteAsync(message, Cancelled);
    }
}
