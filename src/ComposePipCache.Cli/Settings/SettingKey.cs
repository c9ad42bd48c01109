namespace ComposePipCache.Cli.Settings;

/// <summary>One key of <c>x-pipcache</c> and of the user's own file.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="IsList">Whether several values may stand there.</param>
/// <param name="Apply">Takes the values in, or throws for one that cannot be meant.</param>
internal sealed record SettingKey(
    string Name, bool IsList, Func<PipCacheOptions, IReadOnlyList<SettingValue>, PipCacheOptions> Apply);
