using System.Net;
using CliWrap;
using CliWrap.Buffered;

namespace ComposePipCache.Bed;

/// <summary>The script under tests/bed that starts engines, index and registries.</summary>
public static class BedScript
{
    private static IReadOnlyDictionary<string, string>? _paths;

    private static string Script => Path.Combine(Repository.Root, "tests/bed/bed");

    /// <summary>One of the places that <c>bed path</c> prints.</summary>
    public static async Task<string> PathAsync(string name)
    {
        _paths ??= await ReadPathsAsync();
        return _paths[name];
    }

    /// <summary>The host's own address on the bridge of the engines: containers of all of them reach it, and nobody else.</summary>
    public static async Task<IPAddress> HostAddressAsync()
    {
        // The host has the first address of the network that the index is in.
        var address = IPAddress.Parse(new Uri(await PathAsync("index-address")).Host).GetAddressBytes();
        address[^1] = 1;
        return new IPAddress(address);
    }

    /// <summary>Runs a verb of the bed.</summary>
    public static async Task RunAsync(params string[] arguments)
    {
        var run = await Cli.Wrap(Script).WithArguments(arguments)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException($"bed {string.Join(' ', arguments)}: {run.StandardOutput}{run.StandardError}");
        }
    }

    private static async Task<IReadOnlyDictionary<string, string>> ReadPathsAsync()
    {
        var paths = await Cli.Wrap(Script).WithArguments("path").ExecuteBufferedAsync();
        return paths.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2))
            .ToDictionary(parts => parts[0], parts => parts[1]);
    }
}
