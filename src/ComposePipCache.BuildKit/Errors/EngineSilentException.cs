using System.Globalization;
using Grpc.Core;

namespace ComposePipCache.BuildKit.Errors;

/// <summary>The engine took the connection and then said nothing for too long.</summary>
/// <param name="call">What was asked, such as <c>/grpc</c> or <c>Info</c>.</param>
/// <param name="waited">How long the client waited.</param>
/// <param name="inner">How that showed.</param>
public sealed class EngineSilentException(string call, TimeSpan waited, Exception? inner = null)
    : ConnectionLostException(
        string.Create(
            CultureInfo.InvariantCulture, $"the engine did not answer {call} within {waited.TotalSeconds:0.#} s"),
        StatusCode.DeadlineExceeded,
        inner);
