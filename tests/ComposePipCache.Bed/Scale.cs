namespace ComposePipCache.Bed;

/// <summary>How much of everything a run tests: the usual, or with PIPCACHE_SOAK=1 the full size.</summary>
public static class Scale
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("PIPCACHE_SOAK") == "1";

    public static int Of(int usual, int full) => IsFull ? full : usual;
}
