using System.Net.Sockets;
using ComposePipCache.Build;

namespace ComposePipCache.Cli.Plugin;

/// <summary>The socket by which docker's command line tells its plugins to end: it closes.</summary>
internal static class CliPluginSocket
{
    public const string Variable = "DOCKER_CLI_PLUGIN_SOCKET";

    /// <summary>Completes when docker has closed the socket, or is gone; never, where there is none.</summary>
    public static async Task WaitForCloseAsync(EnvironmentSnapshot environment, CancellationToken cancellationToken)
    {
        if (environment[Variable] is not { } address)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return;
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(EndPointOf(address), cancellationToken);
            var one = new byte[1];
            while (await socket.ReceiveAsync(one, cancellationToken) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Nobody there any more, or reset rather than closed, means the same.
        }
    }

    // Go writes the zero byte that marks an abstract name as an @.
    private static UnixDomainSocketEndPoint EndPointOf(string address) =>
        new(address.StartsWith('@') ? $"\0{address[1..]}" : address);
}
