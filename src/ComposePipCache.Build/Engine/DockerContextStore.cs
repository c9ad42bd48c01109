using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ComposePipCache.Build.Engine;

/// <summary>The contexts kept in docker's configuration directory.</summary>
public sealed class DockerContextStore(DockerConfigDirectory directory)
{
    /// <summary>The context that is not stored: the host string and TLS settings of flags and environment.</summary>
    public const string DefaultName = "default";

    private string MetaPath => Path.Combine(directory.ContextsPath, "meta");

    /// <summary>Names of all contexts that can be read, sorted.</summary>
    public IReadOnlyList<string> Names => !Directory.Exists(MetaPath)
        ? []
        : [.. Directory.EnumerateDirectories(MetaPath)
            .Select(folder => TryReadName(Path.Combine(folder, "meta.json")))
            .OfType<string>()
            .Order(StringComparer.Ordinal)];

    /// <exception cref="PipCacheException">There is no such context, or it cannot be understood.</exception>
    public EngineEndpoint Read(string name)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        var metaFile = Path.Combine(MetaPath, id, "meta.json");
        if (!File.Exists(metaFile))
        {
            throw new PipCacheException(DockerContextErrors.Unknown(name, Names));
        }

        var (host, isVerificationSkipped) = ReadEndpoint(name, metaFile);
        var address = host is { Length: > 0 } ? EngineAddress.Parse(host) : EngineAddress.Local;
        var tls = address.Transport == EngineTransport.Tcp
            ? ReadTls(name, Path.Combine(directory.ContextsPath, "tls", id, "docker"), isVerificationSkipped)
            : null;
        return new EngineEndpoint(name, address, tls);
    }

    private static TlsMaterial? ReadTls(string name, string folder, bool isVerificationSkipped)
    {
        // The folder alone asks for TLS: without files it means the system's own authorities.
        return Directory.Exists(folder) || isVerificationSkipped
            ? new TlsMaterial
            {
                Source = $"context {name}",
                CaPem = PemFile.TryRead(Path.Combine(folder, "ca.pem")),
                CertificatePem = PemFile.TryRead(Path.Combine(folder, "cert.pem")),
                KeyPem = PemFile.TryRead(Path.Combine(folder, "key.pem")),
                IsVerificationSkipped = isVerificationSkipped,
            }
            : null;
    }

    private static (string? Host, bool IsVerificationSkipped) ReadEndpoint(string name, string metaFile)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(metaFile));
            if (!document.RootElement.TryGetProperty("Endpoints", out var endpoints)
                || !endpoints.TryGetProperty("docker", out var docker))
            {
                throw new PipCacheException(DockerContextErrors.NoEngine(name));
            }

            var host = docker.TryGetProperty("Host", out var hostElement) ? hostElement.GetString() : null;
            var skip = docker.TryGetProperty("SkipTLSVerify", out var skipElement) && skipElement.GetBoolean();
            return (host, skip);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException
            or IOException or UnauthorizedAccessException)
        {
            throw new PipCacheException(DockerContextErrors.Broken(name, metaFile, error.Message), error);
        }
    }

    private static string? TryReadName(string metaFile)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(metaFile));
            return document.RootElement.TryGetProperty("Name", out var name) ? name.GetString() : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException
            or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
