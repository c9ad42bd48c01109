using ComposePipCache.Build;
using ComposePipCache.Cli.Errors;

namespace ComposePipCache.Cli.Settings;

/// <summary>Settles what holds: a flag before its variable, a variable before the default.</summary>
internal static class PipCacheOptionsReader
{
    public static PipCacheOptions Read(IReadOnlyList<FlagUse> uses, EnvironmentSnapshot environment)
    {
        RefuseContradiction(uses);
        var options = new PipCacheOptions();
        foreach (var flag in PipCacheFlags.All)
        {
            foreach (var value in ValuesOf(flag, uses, environment))
            {
                options = flag.Apply(options, value);
                if (!flag.IsAvailable)
                {
                    throw new PipCacheException(CliErrors.NotAvailable(value.Source));
                }
            }
        }

        return options;
    }

    private static IEnumerable<FlagValue> ValuesOf(
        PipCacheFlag flag, IReadOnlyList<FlagUse> uses, EnvironmentSnapshot environment)
    {
        var given = uses.Where(use => use.Flag == flag).Select(use => new FlagValue(use.Source, use.Value)).ToArray();
        if (given.Length > 0 || IsOverruled(flag, uses) || flag.Variable is not { } variable)
        {
            return given;
        }

        var text = environment[variable];
        return (text, flag.ValueType) switch
        {
            (null, _) => [],
            (_, "stringArray") => text.Split(Path.PathSeparator).Select(part => new FlagValue(variable, part)),
            _ => [new FlagValue(variable, text)],
        };
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
