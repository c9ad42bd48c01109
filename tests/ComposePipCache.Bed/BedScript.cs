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

    /// <summary>Runs a verb of the bed.</summary>
    public static Task RunAsync(params string[] arguments) => Cli.Wrap(Script).WithArguments(arguments).ExecuteAsync();

    private static async Task<IReadOnlyDictionary<string, string>> ReadPathsAsync()
    {
        var paths = await Cli.Wrap(Script).WithArguments("path").ExecuteBufferedAsync();
        return paths.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2))
            .ToDictionary(parts => parts[0], parts => parts[1]);
    }
}
