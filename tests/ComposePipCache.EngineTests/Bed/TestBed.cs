using CliWrap;
using CliWrap.Buffered;
using Xunit;

namespace ComposePipCache.EngineTests.Bed;

/// <summary>The engines, images and wheels under tests/bed.</summary>
internal static class TestBed
{
    private static readonly Lazy<Task<IReadOnlyDictionary<string, string>>> Paths = new(ReadPathsAsync);

    /// <summary>All engines, or those named in PIPCACHE_TEST_ENGINES, comma-separated.</summary>
    public static string[] EngineNames { get; } =
        (Environment.GetEnvironmentVariable("PIPCACHE_TEST_ENGINES") ?? "28,28c,26").Split(',');

    /// <summary>The same as test data.</summary>
    public static TheoryData<string> Engines => [.. EngineNames];

    private static string Script => Path.Combine(Repository.Root, "tests/bed/bed");

    /// <summary>One of the places that <c>bed path</c> prints.</summary>
    public static async Task<string> PathAsync(string name) => (await Paths.Value)[name];

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
