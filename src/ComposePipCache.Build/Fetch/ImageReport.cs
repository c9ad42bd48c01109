namespace ComposePipCache.Build.Fetch;

/// <summary>What became of an image that a build or a service needs.</summary>
/// <param name="Name">As the user would write it: <c>python:3.13-slim</c>.</param>
/// <param name="State">Whether it is there now.</param>
public sealed record ImageReport(string Name, ImageState State)
{
    /// <summary>Such as <c>linux/arm64</c>; null where it is the engine's own.</summary>
    public string? Platform { get; init; }

    /// <summary>What the engine downloaded of it.</summary>
    public long Bytes { get; init; }

    /// <summary>Why it is not there, or not as new as was asked.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether a build can do without it, as it can without the image of a <c># syntax</c> line.</summary>
    public bool IsOptional { get; init; }
}
