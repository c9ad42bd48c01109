namespace ComposePipCache.Build.Engine;

/// <summary>Words every way an engine's address or TLS files can be unusable.</summary>
internal static class EngineErrors
{
    public static ErrorText InvalidHost(string text, string reason) => new(
        "docker-host-invalid",
        $"invalid docker host {text}",
        reason,
        "correct -H, DOCKER_HOST or the docker context");

    public static ErrorText UnreadablePem(string path, Exception error) => new(
        "engine-tls-files",
        $"cannot read the TLS file {path}",
        error is FileNotFoundException or DirectoryNotFoundException ? "it does not exist" : error.Message,
        "put the file there, or name its folder with DOCKER_CERT_PATH");

    public static ErrorText InvalidPem(string source, string reason) => new(
        "engine-tls-files",
        $"the TLS files of {source} cannot be used",
        reason,
        "replace the file; the engine's administrator has the right one");
}
