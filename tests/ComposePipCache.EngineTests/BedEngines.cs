using ComposePipCache.Bed;
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

    /// <summary>Every engine and every value at least once; at full size every value on every engine.</summary>
    public static TheoryData<string, string> With(params string[] values)
    {
        var pairs = Scale.IsFull
            ? Names.SelectMany(engine => values.Select(value => (engine, value)))
            : Enumerable.Range(0, Math.Max(Names.Length, values.Length))
                .Select(i => (Names[i % Names.Length], values[i % values.Length]));
        return [.. pairs];
    }
}
