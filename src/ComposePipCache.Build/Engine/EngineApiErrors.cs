using System.Globalization;
using System.Text.Json;
using Docker.DotNet;

namespace ComposePipCache.Build.Engine;

/// <summary>Words what an engine answers when it does not do what it is asked.</summary>
internal static class EngineApiErrors
{
    public static ErrorText Answered(DockerApiException error) => new(
        "engine-refused",
        $"the Docker daemon refused: {MessageOf(error)}",
        string.Create(CultureInfo.InvariantCulture, $"HTTP status {(int)error.StatusCode}"));

    public static ErrorText LoadFailed(string reason) => new(
        "engine-refused", $"the Docker daemon could not load the image: {reason}");

    public static ErrorText BrokenOff(EngineEndpoint endpoint, Exception error) => DialErrors.Unreachable(
        endpoint,
        $"the conversation broke off: {error.GetBaseException().Message.TrimEnd('.')}",
        "is it a docker daemon, and one that expects no TLS unless TLS is configured?");

    // The client's own message is the raw JSON of the answer.
    public static string MessageOf(DockerApiException error)
    {
        try
        {
            using var document = JsonDocument.Parse(error.ResponseBody ?? "");
            return document.RootElement.GetProperty("message").GetString() ?? "no reason given";
        }
        catch (Exception unparsed) when (unparsed is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return error.ResponseBody is { Length: > 0 and < 500 } body ? body.Trim() : "no reason given";
        }
    }
}
