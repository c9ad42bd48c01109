namespace ComposePipCache.Build.Doorbell;

/// <summary>What the answers to a step's switches are made from.</summary>
internal sealed record AnswerBasis
{
    public required StepMode Mode { get; init; }

    /// <summary>Whether the step can be run again without the index when it fails.</summary>
    public bool CanFallBack { get; init; }

    /// <summary>The pip of the image; null when it is not known.</summary>
    public int? PipMajor { get; init; }

    /// <summary>Whether this pip writes the find-links it got into the output of <c>pip freeze</c> (before 20.3).</summary>
    public bool PrintsFindLinks { get; init; }

    /// <summary>find-links of the image's configuration files, blank separated.</summary>
    public string? ConfiguredFindLinks { get; init; }

    /// <summary>Whether the image's configuration files set time-outs or retries.</summary>
    public bool HasOwnTimes { get; init; }
}
