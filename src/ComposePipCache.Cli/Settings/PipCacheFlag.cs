namespace ComposePipCache.Cli.Settings;

/// <summary>One option of ours: how it is written, and what it does to the options as a whole.</summary>
/// <param name="Name">Without the dashes.</param>
/// <param name="Variable">The variable of the environment that says the same, when there is one.</param>
/// <param name="ValueType">Docker's word for the kind of value; null for a switch.</param>
/// <param name="Description">The line in the help.</param>
/// <param name="Apply">Takes the value in, or throws for one that cannot be meant.</param>
internal sealed record PipCacheFlag(
    string Name,
    string? Variable,
    string? ValueType,
    string Description,
    Func<PipCacheOptions, FlagValue, PipCacheOptions> Apply)
{
    /// <summary>False as long as nothing obeys it: then to give it is an error rather than an empty promise.</summary>
    public bool IsAvailable { get; init; }

    public bool TakesValue => ValueType is not null;
}
