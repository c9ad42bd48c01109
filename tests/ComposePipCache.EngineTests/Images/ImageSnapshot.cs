using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using ComposePipCache.Bed;

namespace ComposePipCache.EngineTests.Images;

/// <summary>What there is to compare in an image: configuration, history and every file.</summary>
/// <remarks>
/// Times and byte-code do not count, nor does pip's own cache folder: with us it stays outside of the image.
/// </remarks>
internal sealed record ImageSnapshot(string Configuration, string History, IReadOnlyList<string> Files)
{
    /// <summary>Reads an image of the engine's store.</summary>
    public static async Task<ImageSnapshot> TakeAsync(Engine engine, string image)
    {
        var inspect = JsonNode.Parse(await engine.SucceedAsync("/", "image", "inspect", image))![0]!;
        var history = await engine.SucceedAsync("/", "history", "--no-trunc", "--format", "{{.CreatedBy}}|{{.Comment}}", image);
        return new ImageSnapshot(Describe(inspect), history, await ReadFilesAsync(engine, image));
    }

    /// <summary>What one of the two has and the other lacks; empty when the images are the same.</summary>
    public IEnumerable<string> DifferencesTo(ImageSnapshot other) =>
    [
        .. Configuration == other.Configuration ? Array.Empty<string>() : [$"< {Configuration}", $"> {other.Configuration}"],
        .. History == other.History ? Array.Empty<string>() : [$"< {History}", $"> {other.History}"],
        .. Files.Except(other.Files).Select(file => $"< {file}"),
        .. other.Files.Except(Files).Select(file => $"> {file}"),
    ];

    private static string Describe(JsonNode inspect)
    {
        var kept = new JsonObject
        {
            ["Config"] = inspect["Config"]!.DeepClone(),
            ["Architecture"] = inspect["Architecture"]!.DeepClone(),
            ["Os"] = inspect["Os"]!.DeepClone(),
            ["Layers"] = inspect["RootFS"]!["Layers"]!.AsArray().Count,
        };
        return kept.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    private static async Task<IReadOnlyList<string>> ReadFilesAsync(Engine engine, string image)
    {
        var container = (await engine.SucceedAsync("/", "create", image, "true")).Trim();
        try
        {
            using var buffer = new TemporaryFolder();
            var path = Path.Combine(buffer.Path, "image.tar");
            await engine.SucceedAsync("/", "export", "-o", path, container);
            await using var tar = new TarReader(File.OpenRead(path));
            var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
            while (await tar.GetNextEntryAsync() is { } entry)
            {
                if (!IsVolatile(entry.Name))
                {
                    files[entry.Name.Trim('/')] = await DescribeAsync(entry);
                }
            }

            return [.. files.Where(file => !IsEmptyCache(file.Key, files.Keys)).Select(file => file.Value)];
        }
        finally
        {
            await engine.SucceedAsync("/", "rm", container);
        }
    }

    private static bool IsVolatile(string path) =>
        path.EndsWith(".pyc", StringComparison.Ordinal)
        || path.Contains("__pycache__", StringComparison.Ordinal)
        || $"/{path}/".Contains("/.cache/pip/", StringComparison.Ordinal)
        || path is "etc/hostname" or "etc/hosts" or "etc/resolv.conf";

    private static bool IsEmptyCache(string path, IEnumerable<string> all) =>
        Path.GetFileName(path) == ".cache" && !all.Any(other => other.StartsWith(path + "/", StringComparison.Ordinal));

    private static async Task<string> DescribeAsync(TarEntry entry)
    {
        var content = entry.DataStream is { } data ? Convert.ToHexStringLower(await SHA256.HashDataAsync(data)) : "";
        return $"{entry.Name} {entry.EntryType} {entry.Mode} {entry.Uid}:{entry.Gid} {entry.LinkName} {content}";
    }
}
