namespace ComposePipCache.Build.Engine;

/// <summary>The engine the user means, with all that is needed to reach it.</summary>
/// <param name="ContextName">The docker context it came from; <c>default</c> when it came from a host string.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Tls">Null for a connection without TLS.</param>
public sealed record EngineEndpoint(string ContextName, EngineAddress Address, TlsMaterial? Tls = null)
{
    /// <summary>The host string docker shows and puts into DOCKER_HOST.</summary>
    public string Host => Address.Text;

    /// <summary>Under which key docker's client looks for proxies of this engine.</summary>
    /// <remarks>Over ssh docker speaks to a made-up host, and that name is the key.</remarks>
    public string ProxyKey => Address.Transport == EngineTransport.Ssh ? "http://docker.example.com" : Host;

    /// <summary>An engine by its host string, without TLS.</summary>
    public static EngineEndpoint At(string host) => new(DockerContextStore.DefaultName, EngineAddress.Parse(host));
}
