using System.Globalization;
using System.Text.Json;

namespace ComposePipCache.Build.Engine;

/// <summary>Words every way docker's client configuration can be unusable.</summary>
internal static class DockerConfigErrors
{
    private const string InvalidCode = "docker-config-invalid";

    public static ErrorText Unreadable(string path, string reason) => new(
        "docker-config-unreadable",
        $"cannot read docker's configuration {path}",
        reason,
        "make the file readable, or name another directory with `docker --config`");

    public static ErrorText NotJson(string path, JsonException error) => new(
        InvalidCode,
        $"docker's configuration {path} is not valid JSON",
        string.Create(
            CultureInfo.InvariantCulture,
            $"line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}: {Reason(error)}"),
        "correct the file; nothing was changed in it");

    public static ErrorText WrongKind(string path, string key, string wanted, JsonValueKind found) => new(
        InvalidCode,
        $"docker's configuration {path} cannot be understood",
        $"`{key}` is {Name(found)} where {wanted} belongs",
        "correct the file; nothing was changed in it");

    public static ErrorText NotText(string path, string reason) => new(
        InvalidCode,
        $"docker's configuration {path} cannot be understood",
        reason,
        "correct the file; nothing was changed in it");

    private static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        _ => "true or false",
    };

    // The reader appends its own zero-based position to the sentence.
    private static string Reason(JsonException error)
    {
        var position = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var sentence = position < 0 ? error.Message : error.Message[..position];
        return sentence.TrimEnd('.');
    }
}
