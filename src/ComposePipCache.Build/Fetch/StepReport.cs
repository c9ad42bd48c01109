namespace ComposePipCache.Build.Fetch;

/// <summary>What is known of a pip step before it runs.</summary>
/// <param name="Name">As progress shows it: <c>[2/4] RUN pip install …</c>.</param>
/// <param name="IsKnown">Whether it ran before with what it stands on now, so that there is a lock.</param>
/// <param name="FileCount">How many files its lock names.</param>
/// <param name="Missing">Those of them that are neither in the wheelhouse nor in a folder of the user's.</param>
public sealed record StepReport(string Name, bool IsKnown, int FileCount, IReadOnlyList<string> Missing);
