using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using ComposePipCache.Protocol.Controls;

namespace ComposePipCache.Build.Bake;

/// <summary>Translates a target into the options of BuildKit's Dockerfile frontend, as buildx does.</summary>
/// <remarks>Option names are those of buildkit frontend/dockerui/config.go.</remarks>
internal static class FrontendOptions
{
    private const string HostGateway = "host-gateway";

    /// <summary>Everything but what belongs to directories and named contexts.</summary>
    /// <param name="target">What to build.</param>
    /// <param name="hostGateway">The address behind <c>host-gateway</c>; asked for only when it is used.</param>
    public static Dictionary<string, string> For(BakeTarget target, string? hostGateway)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["image-resolve-mode"] = target.IsPullForced ? "pull" : "local",
        };
        Add(options, "build-arg:", target.Args);
        Add(options, "label:", target.Labels);
        AddText(options, "target", target.Target);
        AddText(options, "platform", string.Join(',', target.Platforms));
        AddText(options, "no-cache", string.Join(',', target.NoCacheFilter));
        AddText(options, "force-network-mode", NetworkMode(target));
        AddText(options, "add-hosts", ExtraHosts(target, hostGateway));
        AddText(options, "ulimit", string.Join(',', target.Ulimits.Select(limit => Ulimit(target, limit))));
        if (target.ShmSize > 0)
        {
            options["shm-size"] = target.ShmSize.ToString(CultureInfo.InvariantCulture);
        }

        if (target.IsCacheIgnored)
        {
            // The empty value means every stage.
            options["no-cache"] = "";
        }

        return options;
    }

    /// <summary>Whether <see cref="For"/> needs the host gateway's address.</summary>
    public static bool NeedsHostGateway(BakeTarget target) => target.ExtraHosts.Values.Contains(HostGateway);

    /// <summary>Privileges the build is granted.</summary>
    public static IReadOnlyList<string> Entitlements(BakeTarget target) =>
        target.Network == "host" ? [.. target.Entitlements, "network.host"] : target.Entitlements;

    /// <summary>Caches to import; only registries are supported.</summary>
    public static IReadOnlyList<CacheOptionsEntry> CacheImports(BakeTarget target) =>
        [.. target.CacheFrom.Select(text => CacheImport(target, text))];

    /// <summary>The form in which the frontend takes them: a JSON list of <c>Type</c> and <c>Attrs</c>.</summary>
    public static string CacheImportsOption(IEnumerable<CacheOptionsEntry> imports)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var import in imports)
            {
                json.WriteStartObject();
                json.WriteString("Type", import.Type);
                json.WriteStartObject("Attrs");
                foreach (var (key, value) in import.Attrs)
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static CacheOptionsEntry CacheImport(BakeTarget target, string text)
    {
        if (!text.Contains('=', StringComparison.Ordinal))
        {
            return new CacheOptionsEntry { Type = "registry", Attrs = { { "ref", text } } };
        }

        var options = new CsvOptions(text);
        if (options["type"] is not (null or "registry"))
        {
            throw BakeErrors.Unsupported(target.Name, "cache-from", text);
        }

        var import = new CacheOptionsEntry { Type = "registry" };
        foreach (var (key, value) in options.Fields.Where(field => field.Key != "type"))
        {
            import.Attrs[key] = value;
        }

        return import;
    }

    private static string NetworkMode(BakeTarget target) => target.Network switch
    {
        "" or "default" => "",
        "host" or "none" => target.Network,
        _ => throw BakeErrors.Invalid(
            target.Name, "network", target.Network, "host, none or default: BuildKit knows no other"),
    };

    private static string ExtraHosts(BakeTarget target, string? hostGateway) =>
        string.Join(',', target.ExtraHosts.SelectMany(host => Addresses(target, host, hostGateway)
            .Select(address => $"{host.Key}={address}")));

    private static IEnumerable<string> Addresses(
        BakeTarget target,
        KeyValuePair<string, string> host,
        string? hostGateway)
    {
        foreach (var text in host.Value.Split(','))
        {
            var address = text == HostGateway ? hostGateway : text.Trim('[', ']');
            yield return IPAddress.TryParse(address, out _)
                ? address
                : throw BakeErrors.Invalid(
                    target.Name, "extra-hosts", $"{host.Key}={text}", "an IP address or host-gateway");
        }
    }

    /// <summary>One number stands for both limits; the frontend wants the two.</summary>
    private static string Ulimit(BakeTarget target, string limit)
    {
        var parts = limit.Split('=');
        if (parts is not [{ Length: > 0 } name, { Length: > 0 } value])
        {
            throw BakeErrors.Invalid(target.Name, "ulimits", limit, "name=soft:hard");
        }

        return value.Contains(':', StringComparison.Ordinal) ? $"{name}={value}" : $"{name}={value}:{value}";
    }

    private static void Add(
        Dictionary<string, string> options,
        string prefix,
        IReadOnlyDictionary<string, string> values)
    {
        foreach (var (key, value) in values)
        {
            options[prefix + key] = value;
        }
    }

    private static void AddText(Dictionary<string, string> options, string key, string value)
    {
        if (value.Length > 0)
        {
            options[key] = value;
        }
    }
}
