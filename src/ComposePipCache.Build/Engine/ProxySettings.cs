namespace ComposePipCache.Build.Engine;

/// <summary>The proxies of config.json as build arguments.</summary>
public static class ProxySettings
{
    private const string AnyEngine = "default";

    /// <summary>The arguments for builds on one engine, under the four names compose and buildx use.</summary>
    public static IReadOnlyDictionary<string, string> BuildArguments(
        DockerConfigFile configFile, EngineEndpoint endpoint)
    {
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal);
        var proxy = configFile.Proxies.GetValueOrDefault(endpoint.ProxyKey)
            ?? configFile.Proxies.GetValueOrDefault(AnyEngine);
        Add("HTTP_PROXY", proxy?.HttpProxy);
        Add("HTTPS_PROXY", proxy?.HttpsProxy);
        Add("NO_PROXY", proxy?.NoProxy);
        Add("FTP_PROXY", proxy?.FtpProxy);
        return arguments;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                arguments[name] = value;
            }
        }
    }

    /// <summary>Puts the proxies under the given arguments; one that is given, even to nothing, stays.</summary>
    public static IReadOnlyDictionary<string, string> Merge(
        IReadOnlyDictionary<string, string> given, DockerConfigFile configFile, EngineEndpoint endpoint)
    {
        var merged = new Dictionary<string, string>(given, StringComparer.Ordinal);
        foreach (var (name, value) in BuildArguments(configFile, endpoint))
        {
            merged.TryAdd(name, value);
        }

        return merged;
    }
}
