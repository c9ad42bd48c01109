using System.CommandLine;
using ComposePipCache.Cli.Settings;

namespace ComposePipCache.Cli.Commands.Wheels;

/// <summary>The options of <c>wheels prune</c>.</summary>
internal sealed class PruneOptions
{
    public Option<bool> All { get; } = new("--all", "-a")
    {
        Description = "Remove everything, half downloads and locks as well",
    };

    public Option<bool> Daemon { get; } = WheelsOptions.Daemon("Remove the engine's copies and caches instead");

    public Option<bool> DryRun { get; } = new("--dry-run") { Description = "Show what would go and remove nothing" };

    public Option<bool> Force { get; } = new("--force", "-f") { Description = "Do not prompt for confirmation" };

    public Option<string?> MaxSize { get; } = new("--max-size")
    {
        Description = "Remove what was not used for the longest time until so much is left, such as 5GB",
        HelpName = "size",
    };

    public Option<string?> OlderThan { get; } = new("--older-than")
    {
        Description = "Remove only what was not used for this long, such as 30d",
        HelpName = "duration",
    };

    public Option<bool> Unused { get; } = new("--unused")
    {
        Description = "Remove only files that no lock names (default without other limits)",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { All, Daemon, DryRun, Force, MaxSize, OlderThan, Unused })
        {
            command.Add(option);
        }
    }

    /// <exception cref="Build.PipCacheException">A size or a time that cannot be meant.</exception>
    public PruneChoice Read(ParseResult parsed, SettingPlace place) => new()
    {
        IsAll = parsed.GetValue(All),
        IsUnused = parsed.GetValue(Unused),
        MaxSize = parsed.GetValue(MaxSize) is { } size
            ? new SettingValue(MaxSize.Name, size, place).AsSize()
            : null,
        OlderThan = parsed.GetValue(OlderThan) is { } age
            ? new SettingValue(OlderThan.Name, age, place).AsDuration()
            : null,
    };
}
