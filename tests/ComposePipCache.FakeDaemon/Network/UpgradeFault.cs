using System.Text;

namespace ComposePipCache.FakeDaemon.Network;

/// <summary>A wrong answer to an upgrade request.</summary>
public sealed class UpgradeFault
{
    private readonly Func<EngineStream, Task> _act;

    private UpgradeFault(Func<EngineStream, Task> act) => _act = act;

    /// <summary>Takes the request and says nothing.</summary>
    public static UpgradeFault Hang { get; } = new(connection => connection.DrainAsync());

    /// <summary>Closes at once.</summary>
    public static UpgradeFault Close { get; } = new(_ => Task.CompletedTask);

    /// <summary>Says 101 and closes.</summary>
    public static UpgradeFault CloseAfterSwitching { get; } = Say("HTTP/1.1 101 Switching Protocols\r\n\r\n");

    /// <summary>Says 101 and nothing more: the HTTP/2 settings never come.</summary>
    public static UpgradeFault HangAfterSwitching { get; } = new(async connection =>
    {
        await WriteAsync(connection, "HTTP/1.1 101 Switching Protocols\r\n\r\n");
        await connection.DrainAsync();
    });

    /// <summary>Says 101 and goes on with something that is no HTTP/2.</summary>
    public static UpgradeFault GarbageAfterSwitching { get; } =
        Say("HTTP/1.1 101 Switching Protocols\r\n\r\n" + new string('#', 4096));

    /// <summary>A head that never ends.</summary>
    public static UpgradeFault EndlessHead { get; } = new(async connection =>
    {
        await WriteAsync(connection, "HTTP/1.1 101 Switching Protocols\r\n");
        try
        {
            while (true)
            {
                await WriteAsync(connection, "X-Filler: " + new string('x', 1000) + "\r\n");
            }
        }
        catch (IOException)
        {
            // The client has had enough.
        }
    });

    /// <summary>Answers with another status, as an old engine or a socket proxy does.</summary>
    /// <param name="status">Such as <c>404 Not Found</c>.</param>
    public static UpgradeFault Refuse(string status) =>
        Say($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: 29\r\n\r\n{{\"message\":\"page not found\"}}\n");

    internal Task ActAsync(EngineStream connection) => _act(connection);

    private static UpgradeFault Say(string text) => new(connection => WriteAsync(connection, text));

    private static async Task WriteAsync(EngineStream connection, string text) =>
        await connection.WriteAsync(Encoding.ASCII.GetBytes(text), CancellationToken.None);
}
