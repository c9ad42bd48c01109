namespace ComposePipCache.Cli.Commands.Fetch;

/// <summary>An image that services start from and that nobody builds.</summary>
/// <param name="Name">As written in the compose file.</param>
/// <param name="Platform">Null for the engine's own.</param>
/// <param name="Services">Who needs it.</param>
internal sealed record NeededImage(string Name, string? Platform, IReadOnlyList<string> Services)
{
    /// <summary>Whether <c>compose pull</c> of these services brings it.</summary>
    public bool IsComposes { get; init; }

    /// <summary>Whether the project forbids to pull it.</summary>
    public bool IsNeverPulled { get; init; }
}
