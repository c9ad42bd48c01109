namespace ComposePipCache.Cli.Settings;

/// <summary>What the compose files of a project say about us.</summary>
internal sealed record ProjectSettings(PipCacheOptions Options, IReadOnlyList<BuiltService> Services)
{
    public static ProjectSettings None { get; } = new(new PipCacheOptions(), []);

    /// <summary>The services to be built as compose alone would build them.</summary>
    /// <param name="isDisabled">What holds for those that say nothing.</param>
    public IEnumerable<BuiltService> Disabled(bool isDisabled) =>
        Services.Where(service => !(service.IsEnabled ?? !isDisabled));
}
