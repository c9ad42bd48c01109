namespace ComposePipCache.Cli.Settings;

/// <summary>The keys of <c>x-pipcache</c> and of the user's own file. A new one is one entry here.</summary>
internal static class SettingKeys
{
    public const string Enabled = "enabled";

    public static IReadOnlyList<SettingKey> All { get; } =
    [
        One(Enabled, (options, value) => options with { IsDisabled = !value.AsSwitch() }),
        new("find-links", IsList: true, (options, values) =>
            options with { FindLinks = [.. values.Select(value => value.AsFolder())] }),
        One("max-size", (options, value) => options with { MaxSize = value.AsSize() }),
        Flag("offline"),
        Flag("refresh-after"),
        Flag("retries"),
        Flag("strict"),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(key => key.Name)];

    public static SettingKey? Find(string name) => All.FirstOrDefault(key => key.Name == name);

    private static SettingKey Flag(string name) => One(name, PipCacheFlags.Find(name)!.Apply);

    private static SettingKey One(string name, Func<PipCacheOptions, SettingValue, PipCacheOptions> apply) =>
        new(name, IsList: false, (options, values) => apply(options, values[0]));
}
