using System.Globalization;
using System.Net.Sockets;

namespace ComposePipCache.Build.Engine;

/// <summary>Words every way the way to an engine can be closed.</summary>
internal static class DialErrors
{
    public const string Code = "engine-unreachable";

    private const string IsItRunning = "is the docker daemon running?";
    private const string CheckHost = "check DOCKER_HOST and `docker context ls`";

    public static ErrorText Unreachable(EngineEndpoint endpoint, string why, string hint) => new(
        Code,
        endpoint.ContextName == DockerContextStore.DefaultName
            ? $"cannot connect to the Docker daemon at {endpoint.Host}"
            : $"cannot connect to the Docker daemon at {endpoint.Host} (context \"{endpoint.ContextName}\")",
        why,
        hint);

    public static ErrorText UnixSocket(EngineEndpoint endpoint, SocketException error) => error.SocketErrorCode switch
    {
        SocketError.AccessDenied => Unreachable(
            endpoint, "permission denied", "add your user to the group that owns the socket, usually `docker`"),
        SocketError.ConnectionRefused => Unreachable(
            endpoint, "connection refused: the socket is there but nobody listens on it", IsItRunning),
        _ when !File.Exists(endpoint.Address.Name) => Unreachable(
            endpoint, "there is no such socket", $"{IsItRunning} if so, {CheckHost}"),
        _ => Unreachable(endpoint, error.Message, IsItRunning),
    };

    public static ErrorText PathTooLong(EngineEndpoint endpoint) => Unreachable(
        endpoint, "the path is longer than a socket address can be", "use a shorter path or a link");

    public static ErrorText Tcp(EngineEndpoint endpoint, SocketException error) => error.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => Unreachable(
            endpoint, $"the name {endpoint.Address.Name} cannot be resolved", $"is the network up? if so, {CheckHost}"),
        SocketError.ConnectionRefused => Unreachable(
            endpoint, "connection refused: nobody listens on that port", IsItRunning),
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => Unreachable(
            endpoint, "there is no route to the host", "is the network or the VPN up?"),
        _ => Unreachable(endpoint, error.Message, IsItRunning),
    };

    public static ErrorText TimedOut(EngineEndpoint endpoint, TimeSpan timeout) => Unreachable(
        endpoint,
        string.Create(CultureInfo.InvariantCulture, $"no answer within {timeout.TotalSeconds:0.#} s"),
        $"is the network up and the docker daemon running? if so, {CheckHost}");

    public static ErrorText Pipe(EngineEndpoint endpoint, Exception error) => error is UnauthorizedAccessException
        ? Unreachable(endpoint, "permission denied", "add your user to the group `docker-users`")
        : Unreachable(endpoint, error.Message, IsItRunning);

    public static ErrorText PipeElsewhere(EngineEndpoint endpoint) => Unreachable(
        endpoint, "named pipes exist on Windows only", CheckHost);

    public static ErrorText PipeMalformed(EngineEndpoint endpoint) => Unreachable(
        endpoint, "a pipe is written as npipe:////./pipe/NAME", CheckHost);

    public static ErrorText NoSsh(EngineEndpoint endpoint, string why) => Unreachable(
        endpoint, why, "install an ssh client and make sure it is on the PATH");

    public static ErrorText SshExited(EngineEndpoint endpoint, int exitCode, string stderr) => Unreachable(
        endpoint,
        string.Create(
            CultureInfo.InvariantCulture,
            $"ssh ended with exit code {exitCode}{(stderr.Length > 0 ? $": {stderr}" : "")}"),
        "check that ssh gets in without a password and that the other side has the docker CLI");
}
