namespace ComposePipCache.Build.Harvest;

/// <summary>What a step left behind after it ran.</summary>
internal sealed record HarvestedStep
{
    /// <summary>The text of PIP_LOG; null where pip wrote none.</summary>
    public string? PipLog { get; init; }

    /// <summary>Names of files whose damaged copies were taken away: another run gets good ones.</summary>
    public IReadOnlyList<string> Mended { get; init; } = [];

    /// <summary>Files of the step that are in the wheelhouse now.</summary>
    public int KeptCount { get; init; }

    /// <summary>Distributions the step was after.</summary>
    public int WantedCount { get; init; }
}
