namespace ComposePipCache.Wheelhouse.Locks;

/// <summary>How a layer was made, so that it can be told when the layer comes from the build cache.</summary>
public sealed record LayerRecord
{
    /// <inheritdoc cref="StepLock.CurrentFormat"/>
    public const int CurrentFormat = 1;

    public int FormatVersion { get; init; } = CurrentFormat;

    /// <summary>What tells this layer from every other one; any text.</summary>
    public required string Layer { get; init; }

    public required LayerMode Mode { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Key of the lock whose files went into it, when there was one.</summary>
    public string? LockKey { get; init; }

    /// <summary>A run that was begun and whose files are not in the wheelhouse yet: its lock, with what it was offered.</summary>
    public StepLock? Pending { get; init; }
}
