namespace ComposePipCache.Benchmarks;

/// <summary>One finished process.</summary>
internal sealed record Run(TimeSpan Elapsed, long PeakMemory);
