using ComposePipCache.Build;
using ComposePipCache.Cli.Errors;

namespace ComposePipCache.Cli.Settings;

/// <summary>What the command line and the environment say: a flag before its variable.</summary>
internal static class PipCacheOptionsReader
{
    public const string MaxSizeVariable = "PIPCACHE_MAX_SIZE";

    public static PipCacheOptions Read(IReadOnlyList<FlagUse> uses, EnvironmentSnapshot environment)
    {
        RefuseContradiction(uses);
        var options = new PipCacheOptions();
        foreach (var flag in PipCacheFlags.All)
        {
            foreach (var value in ValuesOf(flag, uses, environment))
            {
                options = flag.Apply(options, value);
            }
        }

        return environment[MaxSizeVariable] is { } size
            ? options with { MaxSize = new SettingValue(MaxSizeVariable, size, SettingPlace.Of(environment)).AsSize() }
            : options;
    }

    private static IEnumerable<SettingValue> ValuesOf(
        PipCacheFlag flag, IReadOnlyList<FlagUse> uses, EnvironmentSnapshot environment)
    {
        var place = SettingPlace.Of(environment);
        var given = uses.Where(use => use.Flag == flag)
            .Select(use => new SettingValue(use.Source, use.Value, place)).ToArray();
        if (given.Length > 0 || IsOverruled(flag, uses)
            || flag.Variable is not { } variable || environment[variable] is not { } text)
        {
            return given;
        }

        return (flag.IsList ? text.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) : [text])
            .Select(part => new SettingValue(variable, part, place));
    }

    // PIPCACHE_OFFLINE speaks for both flags, so either of them silences it.
    private static bool IsOverruled(PipCacheFlag flag, IReadOnlyList<FlagUse> uses) =>
        flag.Name == "offline" && uses.Any(use => use.Flag.Name == "online");

    private static void RefuseContradiction(IReadOnlyList<FlagUse> uses)
    {
        if (uses.Any(use => use.Flag.Name == "offline") && uses.Any(use => use.Flag.Name == "online"))
        {
            throw new PipCacheException(CliErrors.Contradiction("--offline", "--online"));
        }
    }
}
