using System.Text.Json;

namespace ComposePipCache.Build.Harvest;

/// <summary>The hashes on an index page, as pip has kept it.</summary>
internal static class IndexPageHashes
{
    /// <summary>Name and sha256 of each file that has one; nothing for a page in another form than JSON.</summary>
    /// <remarks>HTML pages need no reading: pip logs their links with the hash.</remarks>
    public static async Task<IReadOnlyList<(string Name, string Sha256)>> ReadAsync(
        Stream page, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await page.CopyToAsync(buffer, cancellationToken);
        var bytes = buffer.ToArray();
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return [.. Files(document.RootElement)];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static IEnumerable<(string Name, string Sha256)> Files(JsonElement page)
    {
        if (page.ValueKind != JsonValueKind.Object
            || !page.TryGetProperty("files", out var files) || files.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        foreach (var file in files.EnumerateArray())
        {
            if (file.ValueKind == JsonValueKind.Object
                && file.TryGetProperty("filename", out var name) && name.GetString() is { } text
                && file.TryGetProperty("hashes", out var hashes) && hashes.ValueKind == JsonValueKind.Object
                && hashes.TryGetProperty("sha256", out var sha256) && sha256.GetString() is { } digest)
            {
                yield return (text, digest);
            }
        }
    }
}
