using System.Text.Json;
using ComposePipCache.Build.Engine;

namespace ComposePipCache.Build.Bake;

/// <summary>Finds out which builder buildx would use, and insists that it is the engine itself.</summary>
/// <remarks>Files and precedence are those of buildx store/storeutil/storeutil.go.</remarks>
internal sealed class BuilderSelection(DockerConfigDirectory configuration, EnvironmentSnapshot environment)
{
    /// <summary>Refuses builders other than the engine of the docker context.</summary>
    /// <exception cref="PipCacheException">Another builder is selected, or one that does not exist.</exception>
    public void RequireEngine(string? builder, EngineEndpoint endpoint)
    {
        var name = builder ?? environment["BUILDX_BUILDER"] ?? Current(endpoint);
        if (name is null or "" or "default" || name == endpoint.ContextName || name == environment["DOCKER_CONTEXT"])
        {
            return;
        }

        var instance = Path.Combine(StorePath, "instances", name.ToLowerInvariant());
        throw new PipCacheException(File.Exists(instance) ? NotTheEngine(name, instance) : Unknown(name));
    }

    private static ErrorText NotTheEngine(string name, string instance)
    {
        var driver = ReadText(instance, "Driver") ?? "of another kind";
        return new ErrorText(
            "builder-not-engine",
            $"builder {name} is not the engine of the docker context",
            $"it uses the driver {driver}, which pipcache does not build with yet",
            "run `docker buildx use default`, or build with `docker pipcache --no-pipcache …`");
    }

    private static ErrorText Unknown(string name) => new(
        "builder-unknown",
        $"no builder \"{name}\" found",
        "buildx has no instance of that name",
        "list them with `docker buildx ls`");

    private static string? ReadText(string path, string key)
    {
        using var json = Read(path);
        return json?.RootElement is { ValueKind: JsonValueKind.Object } root
            && root.TryGetProperty(key, out var value)
            && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
    }

    private static JsonDocument? Read(string path)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private string StorePath => environment["BUILDX_CONFIG"] ?? Path.Combine(configuration.Path, "buildx");

    private string? Current(EngineEndpoint endpoint)
    {
        using var json = Read(Path.Combine(StorePath, "current"));
        if (json?.RootElement is not { ValueKind: JsonValueKind.Object } current
            || !current.TryGetProperty("Name", out var name))
        {
            return null;
        }

        var isGlobal = current.TryGetProperty("Global", out var global) && global.ValueKind == JsonValueKind.True;
        var key = current.TryGetProperty("Key", out var value) ? value.GetString() : null;
        var isForEndpoint = key == (endpoint.ContextName == "default" ? endpoint.Host : endpoint.ContextName);
        return isGlobal || isForEndpoint ? name.GetString() : null;
    }
}
