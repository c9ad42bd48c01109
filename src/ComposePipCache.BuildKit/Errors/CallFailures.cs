using ComposePipCache.BuildKit.Connection;
using Grpc.Core;

namespace ComposePipCache.BuildKit.Errors;

/// <summary>
/// Tells what the daemon said from what happened to the connection, and finds the cause under what wraps it.
/// </summary>
/// <remarks>
/// A status that grpc-dotnet made up itself is known by its exception or, where it has none, by its text.
/// </remarks>
internal static class CallFailures
{
    private const string NoStatus = "No grpc-status found on response.";
    private const string NotGrpc = "Bad gRPC response.";
    private const string AnswerTooLong = "Received message exceeds the maximum configured message size.";
    private const string QuestionTooLong = "Sending message exceeds the maximum configured message size.";
    private const int Limit = BuildKitConnection.MaximumMessageLength / 1024 / 1024;

    /// <summary>Turns a failed call into a typed error.</summary>
    public static BuildKitException ToException(RpcException failure)
    {
        var detail = failure.Status.Detail;
        if (failure.Status.DebugException is { } transport)
        {
            return FindOwn(transport)
                ?? new ConnectionLostException(RootMessage(transport), failure.StatusCode, failure);
        }

        if (detail.StartsWith(NotGrpc, StringComparison.Ordinal) || detail == NoStatus)
        {
            var broken = detail == NoStatus ? "the engine ended its answer without a status" : detail;
            return new ConnectionLostException(broken, failure.StatusCode, failure);
        }

        return ErrorDetailsReader.ToException(Word(failure), failure);
    }

    private static string Word(RpcException failure) => failure.Status.Detail switch
    {
        AnswerTooLong => $"the engine sent a message of more than {Limit} MiB",
        QuestionTooLong => $"the build takes a message of more than {Limit} MiB, which no engine accepts",
        "" => failure.StatusCode.ToString(),
        var detail => detail,
    };

    /// <summary>What the dialling code said, where the connection was never made.</summary>
    private static BuildKitException? FindOwn(Exception? error)
    {
        while (error is not null and not BuildKitException)
        {
            error = error.InnerException;
        }

        return (BuildKitException?)error;
    }

    /// <summary>The innermost text is what happened; a disposed stream is only a consequence of it.</summary>
    private static string RootMessage(Exception error)
    {
        while (error.InnerException is { } inner and not ObjectDisposedException)
        {
            error = inner;
        }

        return error is HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded }
            ? "the engine closed the connection"
            : error.Message;
    }
}
