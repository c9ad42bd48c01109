using System.Globalization;

namespace ComposePipCache.Build.Engine;

/// <summary>Reads docker host strings and fills in the defaults docker fills in.</summary>
internal static class EngineAddressParser
{
    private const string DefaultSocket = "/var/run/docker.sock";
    private const string DefaultPipe = "//./pipe/docker_engine";
    private const string DefaultHost = "localhost";
    private const int DefaultPort = 2375;

    public static EngineAddress Parse(string text)
    {
        var separator = text.IndexOf("://", StringComparison.Ordinal);
        var scheme = separator < 0 ? "tcp" : text[..separator];
        var rest = separator < 0 ? text : text[(separator + 3)..];
        return scheme switch
        {
            "unix" => Local(text, EngineTransport.UnixSocket, scheme, rest.Length > 0 ? rest : DefaultSocket),
            "npipe" => Local(text, EngineTransport.NamedPipe, scheme, rest.Length > 0 ? rest : DefaultPipe),
            "tcp" => Tcp(text, rest),
            "ssh" => Ssh(text),
            _ => throw Invalid(text, $"docker hosts start with unix://, tcp://, ssh:// or npipe://, not {scheme}://"),
        };
    }

    private static EngineAddress Local(string text, EngineTransport transport, string scheme, string path) =>
        path.Contains("://", StringComparison.Ordinal)
            ? throw Invalid(text, $"what follows {scheme}:// must be a path")
            : new EngineAddress($"{scheme}://{path}", transport, path);

    private static EngineAddress Tcp(string text, string rest)
    {
        if (rest.Contains("://", StringComparison.Ordinal)
            || !Uri.TryCreate($"tcp://{WithHost(rest)}", UriKind.Absolute, out var uri)
            || uri.Host.Length == 0)
        {
            throw Invalid(text, "a host and a port belong after tcp://");
        }

        RejectExtras(text, uri);
        if (uri.UserInfo.Length > 0)
        {
            throw Invalid("tcp://", "the engine takes no user name or password");
        }

        var port = uri.Port > 0 ? uri.Port : DefaultPort;
        var path = uri.AbsolutePath == "/" ? "" : uri.AbsolutePath;
        var normal = string.Create(CultureInfo.InvariantCulture, $"tcp://{uri.Host}:{port}{path}");
        return new EngineAddress(normal, EngineTransport.Tcp, uri.DnsSafeHost) { Port = port, Path = path };
    }

    private static string WithHost(string rest) => rest switch
    {
        "" => DefaultHost,
        [':', ..] => DefaultHost + rest,
        _ => rest,
    };

    private static EngineAddress Ssh(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            throw Invalid(text, "a host belongs after ssh://");
        }

        var user = uri.UserInfo.Split(':', 2);
        if (user.Length > 1)
        {
            throw Invalid($"ssh://{uri.Host}", "ssh takes no password here; use a key and an agent");
        }

        RejectExtras(text, uri);
        var name = Uri.UnescapeDataString(user[0]);
        if (name.StartsWith('-') || uri.DnsSafeHost.StartsWith('-'))
        {
            throw Invalid(text, "neither user nor host may start with a dash");
        }

        return new EngineAddress(text, EngineTransport.Ssh, uri.DnsSafeHost)
        {
            Port = Math.Max(uri.Port, 0),
            User = name.Length > 0 ? name : null,
            Path = uri.AbsolutePath.Trim('/').Length > 0 ? Uri.UnescapeDataString(uri.AbsolutePath) : "",
        };
    }

    private static void RejectExtras(string text, Uri uri)
    {
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw Invalid(text, "neither a query nor a fragment is allowed");
        }
    }

    private static PipCacheException Invalid(string text, string reason) =>
        new(EngineErrors.InvalidHost(text, reason));
}
