using System.Text.Json;

namespace ComposePipCache.Python.Index;

/// <summary>The files of a JSON page (PEP 691); what it has beside them is skipped.</summary>
internal static class JsonPage
{
    public static IReadOnlyList<IndexFile> Parse(ReadOnlyMemory<byte> body, Uri baseUri)
    {
        try
        {
            using var page = JsonDocument.Parse(WithoutMark(body));
            if (Member(page.RootElement, "files", JsonValueKind.Array) is not { } entries)
            {
                return [];
            }

            var files = new List<IndexFile>(entries.GetArrayLength());
            foreach (var entry in entries.EnumerateArray())
            {
                if (Read(entry, baseUri) is { } file)
                {
                    files.Add(file);
                }
            }

            return files;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // half a page, or text that is not Unicode: nothing of it can be trusted
            return [];
        }
    }

    private static IndexFile? Read(JsonElement entry, Uri baseUri)
    {
        if (Text(entry, "url") is not { } address || FileLink.Resolve(baseUri, address) is not { } file)
        {
            return null;
        }

        var hashes = Member(entry, "hashes", JsonValueKind.Object);
        var requires = Text(entry, "requires-python");
        return file with
        {
            Sha256 = file.Sha256 ?? Sha256(hashes),
            RequiresPython = string.IsNullOrWhiteSpace(requires) ? null : requires.Trim(),
            IsYanked = IsTrue(entry, "yanked"),
            HasMetadata = Metadata(entry) is { ValueKind: JsonValueKind.True or JsonValueKind.Object },
            MetadataSha256 = Sha256(Metadata(entry)),
            Size = Number(entry, "size"),
        };
    }

    // an older name counts where the newer one says nothing (PEP 714)
    private static JsonElement? Metadata(JsonElement entry) =>
        Any(entry, "core-metadata") ?? Any(entry, "dist-info-metadata");

    private static string? Sha256(JsonElement? hashes) =>
        hashes is { ValueKind: JsonValueKind.Object } known && Text(known, "sha256") is { } text
            ? FileLink.Sha256(text)
            : null;

    private static bool IsTrue(JsonElement entry, string name) => Any(entry, name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.String } reason => reason.GetString() is { Length: > 0 },
        _ => false,
    };

    private static string? Text(JsonElement entry, string name) =>
        Member(entry, name, JsonValueKind.String)?.GetString();

    private static long? Number(JsonElement entry, string name) =>
        Member(entry, name, JsonValueKind.Number) is { } found && found.TryGetInt64(out var number) && number >= 0
            ? number
            : null;

    private static JsonElement? Member(JsonElement entry, string name, JsonValueKind kind) =>
        Any(entry, name) is { } found && found.ValueKind == kind ? found : null;

    private static JsonElement? Any(JsonElement entry, string name) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(name, out var found)
            && found.ValueKind != JsonValueKind.Null
            ? found
            : null;

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) =>
        body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
}
