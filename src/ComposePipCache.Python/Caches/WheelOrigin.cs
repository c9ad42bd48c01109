using System.Text.Json;
using ComposePipCache.Python.Commands;

namespace ComposePipCache.Python.Caches;

/// <summary>What a wheel in pip's cache was built from: the <c>origin.json</c> that pip 22.2 and later put beside it.</summary>
/// <remarks>The URL is that of an sdist, a repository or a folder, without credentials; only an sdist has a hash.</remarks>
public sealed record WheelOrigin(string Url, string? Sha256)
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "origin.json";

    private const string HashPrefix = "sha256=";

    /// <summary>The commit of a repository.</summary>
    public string? Commit { get; init; }

    /// <summary>Where the project is not at the top.</summary>
    public string? Subdirectory { get; init; }

    /// <summary>Null where the text is not what pip writes.</summary>
    public static WheelOrigin? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Text(document.RootElement, "url") is { Length: > 0 } url ? Read(document.RootElement, url) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static WheelOrigin Read(JsonElement root, string url)
    {
        var archive = Member(root, "archive_info");
        var hash = Text(Member(archive, "hashes"), "sha256") ?? Text(archive, "hash") switch
        {
            { } old when old.StartsWith(HashPrefix, StringComparison.Ordinal) => old[HashPrefix.Length..],
            _ => null,
        };
        return new WheelOrigin(UrlCredentials.Remove(url), hash?.ToLowerInvariant())
        {
            Commit = Text(Member(root, "vcs_info"), "commit_id"),
            Subdirectory = Text(root, "subdirectory"),
        };
    }

    private static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement? parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}
