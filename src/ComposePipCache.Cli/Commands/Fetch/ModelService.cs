namespace ComposePipCache.Cli.Commands.Fetch;

/// <summary>A service of a project, as far as it takes images.</summary>
internal sealed record ModelService(string Name)
{
    /// <summary>As written; null where it is built and has no name of its own.</summary>
    public string? Image { get; init; }

    public bool IsBuilt { get; init; }

    /// <summary>Whether something else than containers provides it.</summary>
    public bool IsProvided { get; init; }

    public string? Platform { get; init; }

    public string? PullPolicy { get; init; }

    /// <summary>Images of its volumes and of what runs before it.</summary>
    public IReadOnlyList<string> MoreImages { get; init; } = [];

    /// <summary>What compose calls it in the definition that its builder gets.</summary>
    public string Target => Name.Replace('.', '_');
}
