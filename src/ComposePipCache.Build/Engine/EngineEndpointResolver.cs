namespace ComposePipCache.Build.Engine;

/// <summary>Finds the engine the user means, by docker's own rules.</summary>
public sealed class EngineEndpointResolver(
    DockerConfigDirectory directory, DockerConfigFile configFile, EnvironmentSnapshot environment)
{
    private const string DefaultTlsHost = "tcp://localhost:2376";

    private readonly DockerContextStore _contexts = new(directory);

    /// <summary>The first of --context, -H, DOCKER_HOST, DOCKER_CONTEXT, currentContext and default wins.</summary>
    /// <exception cref="PipCacheException">Flags contradict each other, or what they name is not usable.</exception>
    public EngineEndpoint Resolve(EngineSelection selection)
    {
        if (selection is { Context.Length: > 0, Host: not null })
        {
            throw new PipCacheException(DockerContextErrors.Conflict);
        }

        var name = ContextName(selection);
        return name == DockerContextStore.DefaultName ? ResolveDefault(selection) : _contexts.Read(name);
    }

    private string ContextName(EngineSelection selection)
    {
        if (selection.Context is { Length: > 0 } chosen)
        {
            return chosen;
        }

        return selection.Host is not null || environment["DOCKER_HOST"] is not null
            ? DockerContextStore.DefaultName
            : environment["DOCKER_CONTEXT"] ?? configFile.CurrentContext ?? DockerContextStore.DefaultName;
    }

    private EngineEndpoint ResolveDefault(EngineSelection selection)
    {
        var isVerified = selection.TlsVerify ?? environment["DOCKER_TLS_VERIFY"] is not null;
        var isTls = isVerified
            || selection.TlsVerify is not null
            || (selection.Tls ?? environment["DOCKER_TLS"] is not null);

        var host = (selection.Host ?? environment["DOCKER_HOST"])?.Trim();
        var address = host is { Length: > 0 } ? EngineAddress.Parse(host)
            : isTls ? EngineAddress.Parse(DefaultTlsHost)
            : EngineAddress.Local;

        // docker reads the files for sockets too, but never uses them there.
        var tls = isTls && address.Transport == EngineTransport.Tcp ? ReadTls(selection, !isVerified) : null;
        return new EngineEndpoint(DockerContextStore.DefaultName, address, tls);
    }

    private TlsMaterial ReadTls(EngineSelection selection, bool isVerificationSkipped)
    {
        // `--config` does not move this folder: docker settles it before it reads that flag.
        var folder = environment["DOCKER_CERT_PATH"] is { } path
            ? environment.FullPath(path)
            : DockerConfigDirectory.Locate(null, environment).Path;
        return new TlsMaterial
        {
            Source = folder,
            CaPem = PemFile.Read(FullPath(selection.TlsCaCertificate) ?? Path.Combine(folder, "ca.pem")),
            CertificatePem = ReadOptional(selection.TlsCertificate, Path.Combine(folder, "cert.pem")),
            KeyPem = ReadOptional(selection.TlsKey, Path.Combine(folder, "key.pem")),
            IsVerificationSkipped = isVerificationSkipped,
        };
    }

    private string? ReadOptional(string? chosen, string standard) =>
        FullPath(chosen) is { } path ? PemFile.Read(path) : PemFile.TryRead(standard);

    private string? FullPath(string? path) => path is { Length: > 0 } ? environment.FullPath(path) : null;
}
