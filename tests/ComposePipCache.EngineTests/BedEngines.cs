using Xunit;

namespace ComposePipCache.EngineTests;

/// <summary>The engines every test of this project runs on.</summary>
internal static class BedEngines
{
    /// <summary>All three, or those named in PIPCACHE_TEST_ENGINES, comma-separated.</summary>
    public static string[] Names { get; } =
        (Environment.GetEnvironmentVariable("PIPCACHE_TEST_ENGINES") ?? "28,28c,26").Split(',');

    /// <summary>The same as test data.</summary>
    public static TheoryData<string> All => [.. Names];
}
