using ComposePipCache.Build;
using ComposePipCache.Cli.Errors;
using ComposePipCache.Wheelhouse;
using ComposePipCache.Wheelhouse.Pruning;

namespace ComposePipCache.Cli.Commands.Wheels;

/// <summary>What <c>wheels prune</c> was asked to remove.</summary>
internal sealed record PruneChoice
{
    public TimeSpan? OlderThan { get; init; }

    public long? MaxSize { get; init; }

    public bool IsUnused { get; init; }

    public bool IsAll { get; init; }

    /// <summary>Where nothing is asked for, what no lock names is meant.</summary>
    /// <exception cref="PipCacheException">Everything and only a part of it.</exception>
    public PruneLimits ToLimits(DateTimeOffset now)
    {
        if (IsAll && (OlderThan is not null || MaxSize is not null || IsUnused))
        {
            throw new PipCacheException(CliErrors.Contradiction(
                "--all", OlderThan is not null ? "--older-than" : MaxSize is not null ? "--max-size" : "--unused"));
        }

        return new PruneLimits
        {
            IsUnusedOnly = IsUnused || (!IsAll && OlderThan is null && MaxSize is null),
            UsedBefore = now - OlderThan,
            MaxSize = MaxSize,
        };
    }

    /// <summary>For the question before it.</summary>
    public static string Describe(PruneLimits limits, TimeSpan? olderThan)
    {
        var what = limits.IsUnusedOnly ? "files that no lock names" : "files";
        var age = olderThan is { } time ? $" not used for {Age(time)}" : "";
        return limits.MaxSize is { } most
            ? $"{what}{age}, least recently used first, until {ByteText.Of(most)} are left"
            : !limits.IsUnusedOnly && olderThan is null
                ? "all files, half downloads and locks; offline builds are not possible afterwards"
                : $"all {what}{age}";
    }

    private static string Age(TimeSpan time) => time switch
    {
        { TotalDays: >= 1 } => Build.Fallback.Wording.Count((long)time.TotalDays, "day"),
        { TotalHours: >= 1 } => Build.Fallback.Wording.Count((long)time.TotalHours, "hour"),
        { TotalMinutes: >= 1 } => Build.Fallback.Wording.Count((long)time.TotalMinutes, "minute"),
        _ => Build.Fallback.Wording.Count((long)time.TotalSeconds, "second"),
    };
}
