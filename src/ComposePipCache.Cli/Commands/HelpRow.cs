namespace ComposePipCache.Cli.Commands;

/// <summary>An option in a help text.</summary>
/// <param name="Letter">The short form with its dash, if there is one.</param>
/// <param name="Name">The long form with its dashes.</param>
/// <param name="ValueType">The kind of value; null for a switch.</param>
/// <param name="Description">One line, no period.</param>
internal sealed record HelpRow(string? Letter, string Name, string? ValueType, string? Description);
