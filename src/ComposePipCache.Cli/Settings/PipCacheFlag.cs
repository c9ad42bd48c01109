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
    Func<PipCacheOptions, SettingValue, PipCacheOptions> Apply)
{
    public bool TakesValue => ValueType is not null;

    /// <summary>Whether it may be given more than once; its variable holds several as PATH does.</summary>
    public bool IsList => ValueType is "stringArray";
}
