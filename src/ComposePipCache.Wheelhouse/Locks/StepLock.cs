namespace ComposePipCache.Wheelhouse.Locks;

/// <summary>The exact files one step needs, as seen when it last ran online.</summary>
/// <remarks>Files are compared as they are written: sorted by name, then digest.</remarks>
public sealed record StepLock
{
    /// <summary>What this version reads and writes; a change that others would misread gets a new number.</summary>
    public const int CurrentFormat = 1;

    public int FormatVersion { get; init; } = CurrentFormat;

    /// <summary>SHA-256 of <see cref="KeyText"/>, in hex.</summary>
    public required string Key { get; init; }

    /// <summary>What the key was made from, for whoever wants to know why two steps differ.</summary>
    public required string KeyText { get; init; }

    /// <summary>When the step's requirements were last resolved.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    public required string Scope { get; init; }

    /// <summary>Project and service of the step, for messages alone.</summary>
    public string? Label { get; init; }

    /// <summary>In the order pip asks them; credentials are taken out when the lock is written.</summary>
    public IReadOnlyList<string> Indexes { get; init; } = [];

    /// <summary>Implementation, version and platform of the step's Python.</summary>
    public required string Interpreter { get; init; }

    /// <summary>Every requirement names one version, so an index has nothing to add.</summary>
    public bool IsPinned { get; init; }

    /// <summary>The step ended well although its index failed, so it may have taken older releases.</summary>
    public bool IsSuspect { get; init; }

    public required IReadOnlyList<LockedFile> Files { get; init; }
}
