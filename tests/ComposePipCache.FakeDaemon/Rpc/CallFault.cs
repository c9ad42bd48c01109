using System.Globalization;
using ComposePipCache.FakeDaemon.Network;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RpcStatus = ComposePipCache.Protocol.Rpc.Status;

namespace ComposePipCache.FakeDaemon.Rpc;

/// <summary>What goes wrong with one gRPC call; its handler runs only where a fault says so.</summary>
public sealed class CallFault
{
    private readonly Func<HttpContext, Func<Task>, Task> _act;

    private CallFault(Func<HttpContext, Func<Task>, Task> act) => _act = act;

    /// <summary>Never answers, while the connection stays healthy.</summary>
    public static CallFault Hang { get; } = new((call, _) => UntilAbortedAsync(call));

    /// <summary>Does what it was asked for and keeps the answer to itself.</summary>
    public static CallFault ServeAndHang { get; } = new(async (call, serve) =>
    {
        var real = call.Response.Body;
        call.Response.Body = Stream.Null;
        await serve();
        call.Response.Body = real;
        await UntilAbortedAsync(call);
    });

    /// <summary>The whole connection falls silent, HTTP/2 pings included.</summary>
    public static CallFault Freeze { get; } = new((call, _) =>
    {
        Connection(call).Freeze();
        return UntilAbortedAsync(call);
    });

    /// <summary>The connection is closed under the call.</summary>
    public static CallFault Break { get; } = new((call, _) =>
    {
        Connection(call).Break();
        return UntilAbortedAsync(call);
    });

    /// <summary>The server says that it is leaving, and serves this call to its end.</summary>
    public static CallFault GoAwayAndServe { get; } = new(async (call, serve) =>
    {
        await Connection(call).SendGoAwayAsync(int.MaxValue, errorCode: 0);
        await serve();
    });

    /// <summary>The server says that it is leaving because of an error, and is gone.</summary>
    public static CallFault GoAwayAndBreak { get; } = new(async (call, _) =>
    {
        const int InternalError = 2;
        await Connection(call).SendGoAwayAsync(int.MaxValue, InternalError);
        Connection(call).Break();
    });

    /// <summary>Answers as a server that does not know the method.</summary>
    public static CallFault Unimplemented { get; } = new((call, _) =>
    {
        var path = call.Request.Path.Value!.Split('/');
        return EndAsync(call, new RpcStatus
        {
            Code = (int)StatusCode.Unimplemented,
            Message = $"unknown method {path[2]} for service {path[1]}",
        });
    });

    /// <summary>A message of more than 16 MiB.</summary>
    public static CallFault Oversized { get; } = new(async (call, _) =>
    {
        const int Length = 17 * 1024 * 1024;
        call.Response.ContentType = "application/grpc";
        call.Response.Headers["Trailer"] = "grpc-status";
        byte[] prefix = [0, Length >> 24, (Length >> 16) & 0xff, (Length >> 8) & 0xff, Length & 0xff];
        await call.Response.Body.WriteAsync(prefix, call.RequestAborted);
        await call.Response.Body.WriteAsync(new byte[Length], call.RequestAborted);
        call.Response.AppendTrailer("grpc-status", "0");
    });

    /// <summary>Ends the answer without a status.</summary>
    public static CallFault NoStatus { get; } = new(async (call, _) =>
    {
        call.Response.ContentType = "application/grpc";
        await call.Response.Body.FlushAsync(call.RequestAborted);
    });

    /// <summary>Answers as a web server that knows nothing of gRPC.</summary>
    public static CallFault BadGateway { get; } = new(async (call, _) =>
    {
        call.Response.StatusCode = StatusCodes.Status502BadGateway;
        call.Response.ContentType = "text/html";
        await call.Response.WriteAsync("<html>bad gateway</html>", call.RequestAborted);
    });

    /// <summary>Resets the call's stream and leaves the connection alone.</summary>
    public static CallFault Reset(int errorCode = 2) => new((call, _) =>
    {
        call.Features.Get<IHttpResetFeature>()!.Reset(errorCode);
        return Task.CompletedTask;
    });

    /// <summary>Ends the call with an error.</summary>
    /// <param name="code">gRPC's code.</param>
    /// <param name="message">The daemon's text.</param>
    /// <param name="details">Pairs of type URL and content; BuildKit puts JSON there.</param>
    public static CallFault Fail(StatusCode code, string message, params (string Type, string Json)[] details)
    {
        var status = new RpcStatus { Code = (int)code, Message = message };
        foreach (var (type, json) in details)
        {
            status.Details.Add(new Any { TypeUrl = type, Value = ByteString.CopyFromUtf8(json) });
        }

        return new((call, _) => EndAsync(call, status));
    }

    internal Task ActAsync(HttpContext call, Func<Task> serve) => _act(call, serve);

    private static EngineStream Connection(HttpContext call) => call.Features.Get<EngineStream>()!;

    private static async Task UntilAbortedAsync(HttpContext call)
    {
        var aborted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = call.RequestAborted.Register(aborted.SetResult);
        await aborted.Task;
    }

    private static async Task EndAsync(HttpContext call, RpcStatus status)
    {
        call.Response.ContentType = "application/grpc";
        await call.Response.Body.FlushAsync(call.RequestAborted);
        call.Response.AppendTrailer("grpc-status", status.Code.ToString(CultureInfo.InvariantCulture));
        call.Response.AppendTrailer("grpc-message", Uri.EscapeDataString(status.Message));
        call.Response.AppendTrailer("grpc-status-details-bin", Convert.ToBase64String(status.ToByteArray()));
    }
}
