using ComposePipCache.Python.Failures;

namespace ComposePipCache.Python.Logs;

/// <summary>What the pips of one step did, by their PIP_LOG; several pips append to one file.</summary>
public sealed record PipLogSummary
{
    /// <summary>In the order of their first use; also those of build environments and of versions given up.</summary>
    public IReadOnlyList<LoggedFile> Files { get; init; } = [];

    public IReadOnlyList<BuiltWheel> BuiltWheels { get; init; } = [];

    /// <summary>Index pages pip went on without, those of its self-check left out.</summary>
    public IReadOnlyList<PageFailure> Failures { get; init; } = [];

    /// <summary>Those of them that the network failed: an index that answers 404 has no such project.</summary>
    public IReadOnlyList<PageFailure> MissedPages => [.. Failures.Where(failure => failure.Cause is not null)];

    /// <summary><c>name-version</c> as pip printed at the end, build environments included.</summary>
    public IReadOnlyList<string> Installed { get; init; } = [];

    /// <summary>Without credentials.</summary>
    public IReadOnlyList<string> Indexes { get; init; } = [];

    /// <summary>git, hg and other URLs that were cloned, without credentials.</summary>
    public IReadOnlyList<string> Repositories { get; init; } = [];

    /// <summary>Each version of pip that ran.</summary>
    public IReadOnlyList<string> PipVersions { get; init; } = [];

    /// <summary>Requirements that were there already.</summary>
    public int SatisfiedCount { get; init; }
}
