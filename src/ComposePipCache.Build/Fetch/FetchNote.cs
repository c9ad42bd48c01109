namespace ComposePipCache.Build.Fetch;

/// <summary>One finding of a builder that fetches, for the command that started it.</summary>
/// <param name="Target">The target it was found for.</param>
public sealed record FetchNote(string Target)
{
    /// <summary>What became of an image.</summary>
    public ImageReport? Image { get; init; }

    /// <summary>What is known of a pip step.</summary>
    public StepReport? Step { get; init; }
}
