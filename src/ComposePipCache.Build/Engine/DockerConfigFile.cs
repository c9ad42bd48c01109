using System.Collections.Frozen;
using System.Text.Json;

namespace ComposePipCache.Build.Engine;

/// <summary>What config.json says, as far as a build needs it.</summary>
public sealed class DockerConfigFile
{
    private static readonly FrozenDictionary<string, string> NoStrings = FrozenDictionary<string, string>.Empty;

    public required string Path { get; init; }

    /// <summary>The whole file, for copies that change one key and lose nothing; {} without a file.</summary>
    public required JsonElement Raw { get; init; }

    /// <summary>Keys are as written: hosts, URLs and old index addresses.</summary>
    public IReadOnlyDictionary<string, RegistryAuth> Auths { get; init; } =
        FrozenDictionary<string, RegistryAuth>.Empty;

    public string? CredentialsStore { get; init; }

    public IReadOnlyDictionary<string, string> CredentialHelpers { get; init; } = NoStrings;

    /// <summary>By daemon host, and <c>default</c> for every other one.</summary>
    public IReadOnlyDictionary<string, ProxyConfig> Proxies { get; init; } =
        FrozenDictionary<string, ProxyConfig>.Empty;

    public IReadOnlyDictionary<string, string> HttpHeaders { get; init; } = NoStrings;

    public string? CurrentContext { get; init; }

    public IReadOnlyList<string> PluginDirectories { get; init; } = [];

    /// <summary>Whether any are configured; if not, docker looks for the platform's own helper.</summary>
    public bool HasCredentials => CredentialsStore is not null || CredentialHelpers.Count > 0 || Auths.Count > 0;

    public static DockerConfigFile Read(string path)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            content = [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PipCacheException(DockerConfigErrors.Unreadable(path, error.Message), error);
        }

        return DockerConfigParser.Parse(path, content);
    }
}
