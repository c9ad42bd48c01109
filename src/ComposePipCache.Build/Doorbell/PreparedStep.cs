using ComposePipCache.Python.Requirements;
using ComposePipCache.Wheelhouse.Locks;

namespace ComposePipCache.Build.Doorbell;

/// <summary>A step that is ready to run.</summary>
internal sealed record PreparedStep
{
    public required StepMode Mode { get; init; }

    /// <summary>Values of the step's switches.</summary>
    public required IReadOnlyDictionary<string, string> Answers { get; init; }

    /// <summary>Under which the step's lock is kept; null where it gets none.</summary>
    public StepKey? Key { get; init; }

    /// <summary>The lock the step was prepared from.</summary>
    public StepLock? Lock { get; init; }

    /// <summary>Whether every file of the lock is offered.</summary>
    public bool IsLockComplete { get; init; }

    /// <summary>Whether every requirement names one version.</summary>
    public bool IsPinned { get; init; }

    /// <summary>How many distributions the requirements name.</summary>
    public int RequirementCount { get; init; }

    /// <summary>Files in the step's view.</summary>
    public required IReadOnlyList<OfferedFile> Offered { get; init; }

    /// <summary>How many of them come from the user's own folders.</summary>
    public int OwnCount => Offered.Count(file => file.IsOwn);

    /// <summary>Implementation, version and platform of the step's Python, for the lock.</summary>
    public string Interpreter { get; init; } = "";

    /// <summary>The index set, without credentials, for the lock.</summary>
    public IReadOnlyList<string> Indexes { get; init; } = [];

    /// <summary>Whether a run without the index may succeed.</summary>
    public bool CanGoOffline => IsLockComplete || OwnCount > 0;
}
