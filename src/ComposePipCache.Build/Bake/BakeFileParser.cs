using System.Globalization;
using System.Text.Json;

namespace ComposePipCache.Build.Bake;

/// <summary>Reads bake JSON as compose writes it. A key it does not know is an error that names the key.</summary>
/// <remarks>
/// Bake reads strings as templates, so compose escapes <c>${</c> as <c>$${</c>; that is undone here. Nothing else of
/// the template language is evaluated, because compose never writes it.
/// </remarks>
public static class BakeFileParser
{
    /// <summary>Parses a whole file.</summary>
    /// <exception cref="PipCacheException">It is not JSON, names no target, or has a key that is not known.</exception>
    public static BakeFile Parse(ReadOnlyMemory<byte> json)
    {
        using var document = ParseJson(json);
        var root = document.RootElement;
        var targets = new Dictionary<string, BakeTarget>(StringComparer.Ordinal);
        if (root.TryGetProperty("target", out var list))
        {
            foreach (var target in list.EnumerateObject())
            {
                targets.Add(target.Name, ParseTarget(target.Name, target.Value));
            }
        }

        var requested = ReadRequested(root);
        var missing = requested.FirstOrDefault(name => !targets.ContainsKey(name));
        return missing is null
            ? new BakeFile(requested, targets)
            : throw BakeErrors.UnknownTarget(missing, "the default group");
    }

    private static JsonDocument ParseJson(ReadOnlyMemory<byte> json)
    {
        try
        {
            var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                : throw BakeErrors.NotJson("it is not an object");
        }
        catch (JsonException e)
        {
            throw BakeErrors.NotJson(e.Message);
        }
    }

    private static List<string> ReadRequested(JsonElement root)
    {
        if (root.TryGetProperty("group", out var groups)
            && groups.TryGetProperty("default", out var group)
            && group.TryGetProperty("targets", out var targets)
            && targets.GetArrayLength() > 0)
        {
            return [.. targets.EnumerateArray().Select(name => name.GetString() ?? "")];
        }

        throw BakeErrors.NoTargets();
    }

    private static BakeTarget ParseTarget(string name, JsonElement json)
    {
        var target = new BakeTarget { Name = name };
        foreach (var field in json.EnumerateObject())
        {
            try
            {
                target = Apply(target, field.Name, field.Value);
            }
            catch (Exception e) when (e is InvalidOperationException or FormatException)
            {
                throw BakeErrors.Invalid(name, field.Name, field.Value.GetRawText(), "another type");
            }
        }

        return target;
    }

    private static BakeTarget Apply(BakeTarget target, string field, JsonElement value) => field switch
    {
        "context" => target with { Context = Text(value) },
        "contexts" => target with { Contexts = Map(value) },
        "dockerfile" => target with { Dockerfile = Text(value) },
        "dockerfile-inline" => target with { DockerfileInline = Text(value) },
        "args" => target with { Args = Map(value) },
        "labels" => target with { Labels = Map(value) },
        "tags" => target with { Tags = List(value) },
        "cache-from" => target with { CacheFrom = List(value) },
        "cache-to" => target with { CacheTo = List(value) },
        "target" => target with { Target = Text(value) },
        "secret" => target with { Secrets = List(value) },
        "platforms" => target with { Platforms = List(value) },
        "pull" => target with { IsPullForced = value.GetBoolean() },
        "no-cache" => target with { IsCacheIgnored = value.GetBoolean() },
        "no-cache-filter" => target with { NoCacheFilter = List(value) },
        "network" => target with { Network = Text(value) },
        "shm-size" => target with { ShmSize = Number(value) },
        "ulimits" => target with { Ulimits = List(value) },
        "entitlements" => target with { Entitlements = List(value) },
        "extra-hosts" => target with { ExtraHosts = Map(value) },
        "output" => target with { Outputs = List(value) },
        "attest" => target with { Attestations = List(value) },
        "call" => target with { Call = Text(value) },
        _ => throw BakeErrors.Unsupported(target.Name, field, OneLine(value)),
    };

    private static string OneLine(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? string.Join(' ', value.EnumerateArray())
        : value.ToString().ReplaceLineEndings(" ");

    private static string Text(JsonElement value) => Unescape(value.GetString() ?? "");

    private static long Number(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.GetInt64()
        : long.Parse(Text(value), NumberStyles.None, CultureInfo.InvariantCulture);

    private static List<string> List(JsonElement value) => [.. value.EnumerateArray().Select(Text)];

    private static Dictionary<string, string> Map(JsonElement value)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in value.EnumerateObject().Where(entry => entry.Value.ValueKind != JsonValueKind.Null))
        {
            map[entry.Name] = Text(entry.Value);
        }

        return map;
    }

    private static string Unescape(string text) => text
        .Replace("$${", "${", StringComparison.Ordinal)
        .Replace("%%{", "%{", StringComparison.Ordinal);
}
