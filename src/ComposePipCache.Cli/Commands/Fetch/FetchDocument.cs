namespace ComposePipCache.Cli.Commands.Fetch;

/// <summary>The answer of <c>fetch</c>, also in JSON.</summary>
internal sealed record FetchDocument
{
    public const int CurrentVersion = 1;

    public int Version { get; init; } = CurrentVersion;

    /// <summary>Whether nothing was to be got.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether the services build and start now without a network.</summary>
    public bool Ready { get; init; }

    public required IReadOnlyList<FetchedImage> Images { get; init; }

    public required IReadOnlyList<FetchedService> Services { get; init; }

    /// <summary>Null where nothing was to be got.</summary>
    public FetchedWheels? Wheels { get; init; }

    /// <summary>Only of a dry run.</summary>
    public IReadOnlyList<FetchedStep>? Steps { get; init; }
}
