namespace ComposePipCache.Python.Commands;

/// <summary>The options that PIP_… variables set.</summary>
internal static class PipEnvironment
{
    private const string Prefix = "PIP_";

    private static readonly string[] Lists =
        ["--requirement", "--constraint", "--build-constraint", "--editable", "--extra-index-url", "--find-links",
         "--trusted-host", "--use-feature", "--use-deprecated", "--platform", "--abi"];

    public static bool IsOption(string variable) => Find(variable) is not null;

    /// <summary>The options in the order of the variables; null is a value nobody knows.</summary>
    public static IEnumerable<PipOption> Options(IEnumerable<KeyValuePair<string, string?>> variables)
    {
        foreach (var (name, value) in variables)
        {
            if (value is "" || Find(name) is not { } entry)
            {
                continue;
            }

            foreach (var one in Values(entry, value))
            {
                yield return new PipOption(entry.Name, one)
                {
                    IsFromEnvironment = true,
                    IsDynamic = value is null,
                    IsMeaningful = entry.IsMeaningful,
                };
            }
        }
    }

    private static PipOptionTable.Entry? Find(string variable) => variable.StartsWith(Prefix, StringComparison.Ordinal)
        ? PipOptionTable.Pip.FindExactly("--" + variable[Prefix.Length..].ToLowerInvariant().Replace('_', '-'))
        : null;

    private static string?[] Values(PipOptionTable.Entry entry, string? value)
    {
        if (!entry.TakesValue)
        {
            // any value of PIP_NO_CACHE_DIR switches the cache off
            return entry.Name == "--no-cache-dir" || !IsFalse(value) ? [null] : [];
        }

        if (value is null || !Lists.Contains(entry.Name))
        {
            return [value];
        }

        return value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    private static bool IsFalse(string? value) =>
        value?.ToLowerInvariant() is "0" or "n" or "no" or "f" or "false" or "off";
}
