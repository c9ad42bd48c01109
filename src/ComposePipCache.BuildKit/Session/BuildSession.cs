using System.Security.Cryptography;

namespace ComposePipCache.BuildKit.Session;

/// <summary>What the daemon may ask of the client while a build runs.</summary>
public sealed class BuildSession
{
    private const int IdLength = 25;
    private const string IdAlphabet = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>25 characters of base 36; the daemon splits ids at colons.</summary>
    public string Id { get; } = RandomNumberGenerator.GetString(IdAlphabet, IdLength);

    /// <summary>
    /// Joins the daemon's name for a directory: a stable key means that only changed files are asked for.
    /// </summary>
    public string SharedKey { get; init; } = "";

    /// <summary>Directories the daemon may pull, by local source name.</summary>
    public ILocalSources? Sources { get; init; }

    /// <summary>Build secrets.</summary>
    public ISecretStore? Secrets { get; init; }

    /// <summary>Registry credentials.</summary>
    public ICredentialStore? Credentials { get; init; }

    /// <summary>Takes what an exporter sends back.</summary>
    public IExportSink? ExportSink { get; init; }

    /// <summary>Methods announced to the daemon; it refuses a directory whose method was not announced.</summary>
    internal IEnumerable<string> Methods()
    {
        yield return "/grpc.health.v1.Health/Check";
        if (Sources is not null)
        {
            yield return "/moby.filesync.v1.FileSync/DiffCopy";
        }

        if (ExportSink is not null)
        {
            yield return "/moby.filesync.v1.FileSend/DiffCopy";
        }

        if (Secrets is not null)
        {
            yield return "/moby.buildkit.secrets.v1.Secrets/GetSecret";
        }

        if (Credentials is not null)
        {
            yield return "/moby.filesync.v1.Auth/Credentials";
        }
    }
}
