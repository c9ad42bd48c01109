using System.Text.Json;

namespace ComposePipCache.Build.Engine;

/// <summary>Reads config.json as docker does: keys in any case; unknown ones and trailing text ignored.</summary>
internal sealed class DockerConfigParser(string path)
{
    public static DockerConfigFile Parse(string path, ReadOnlySpan<byte> content)
    {
        var parser = new DockerConfigParser(path);
        var root = parser.ReadRoot(content);
        try
        {
            return parser.Read(root);
        }
        catch (InvalidOperationException error)
        {
            // Half of a surrogate pair is valid JSON but no text.
            throw new PipCacheException(DockerConfigErrors.NotText(path, error.Message), error);
        }
    }

    private DockerConfigFile Read(JsonElement root) => new()
    {
        Path = path,
        Raw = root,
        Auths = Map(root, "auths", Auth),
        CredentialsStore = Text(root, "credsStore"),
        CredentialHelpers = Strings(root, "credHelpers"),
        Proxies = Map(root, "proxies", Proxy),
        HttpHeaders = Strings(root, "HttpHeaders"),
        CurrentContext = Text(root, "currentContext"),
        PluginDirectories = List(root, "cliPluginsExtraDirs"),
    };

    private JsonElement ReadRoot(ReadOnlySpan<byte> content)
    {
        var json = content.StartsWith("\uFEFF"u8) ? content[3..] : content;
        if (json.Trim(" \t\r\n"u8).IsEmpty)
        {
            json = "{}"u8;
        }

        try
        {
            var reader = new Utf8JsonReader(json);
            using var document = JsonDocument.ParseValue(ref reader);
            return Expect(document.RootElement.Clone(), "the whole file", JsonValueKind.Object);
        }
        catch (JsonException error)
        {
            throw new PipCacheException(DockerConfigErrors.NotJson(path, error), error);
        }
    }

    private RegistryAuth Auth(JsonElement entry, string key) => new()
    {
        Encoded = Text(entry, "auth", key),
        Username = Text(entry, "username", key),
        Password = Text(entry, "password", key),
        IdentityToken = Text(entry, "identitytoken", key),
        RegistryToken = Text(entry, "registrytoken", key),
    };

    private ProxyConfig Proxy(JsonElement entry, string key) => new()
    {
        HttpProxy = Text(entry, "httpProxy", key),
        HttpsProxy = Text(entry, "httpsProxy", key),
        NoProxy = Text(entry, "noProxy", key),
        FtpProxy = Text(entry, "ftpProxy", key),
    };

    private Dictionary<string, T> Map<T>(JsonElement parent, string name, Func<JsonElement, string, T> read)
    {
        var map = new Dictionary<string, T>(StringComparer.Ordinal);
        if (Find(parent, name) is not { } found)
        {
            return map;
        }

        foreach (var entry in Expect(found, name, JsonValueKind.Object).EnumerateObject())
        {
            if (entry.Value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            var key = $"{name}.{entry.Name}";
            map[entry.Name] = read(Expect(entry.Value, key, JsonValueKind.Object), key);
        }

        return map;
    }

    private Dictionary<string, string> Strings(JsonElement parent, string name)
    {
        var found = Find(parent, name);
        return found is null
            ? new Dictionary<string, string>(StringComparer.Ordinal)
            : Expect(found.Value, name, JsonValueKind.Object).EnumerateObject()
                .DistinctBy(entry => entry.Name, StringComparer.Ordinal)
                .ToDictionary(
                    entry => entry.Name,
                    entry => Text(found.Value, entry.Name, name) ?? "",
                    StringComparer.Ordinal);
    }

    private IReadOnlyList<string> List(JsonElement parent, string name) => Find(parent, name) is { } found
        ? [.. Expect(found, name, JsonValueKind.Array).EnumerateArray()
            .Select(entry => Expect(entry, name, JsonValueKind.String).GetString()!)]
        : [];

    // An empty string says as little as no string.
    private string? Text(JsonElement parent, string name, string? parentKey = null)
    {
        var key = parentKey is null ? name : $"{parentKey}.{name}";
        return Find(parent, name) is { } found
            && Expect(found, key, JsonValueKind.String).GetString() is { Length: > 0 } text ? text : null;
    }

    private JsonElement Expect(JsonElement element, string key, JsonValueKind wanted)
    {
        var names = wanted switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            _ => "a string",
        };
        return element.ValueKind == wanted
            ? element
            : throw new PipCacheException(DockerConfigErrors.WrongKind(path, key, names, element.ValueKind));
    }

    private static JsonElement? Find(JsonElement parent, string name)
    {
        JsonElement? found = null;
        foreach (var property in parent.EnumerateObject())
        {
            var isExact = string.Equals(property.Name, name, StringComparison.Ordinal);
            if (isExact || (found is null && string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase)))
            {
                found = property.Value;
            }
        }

        return found is { ValueKind: JsonValueKind.Null } ? null : found;
    }
}
