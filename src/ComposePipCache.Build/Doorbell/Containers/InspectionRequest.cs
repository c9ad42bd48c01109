namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>What to find out, and to prepare, in one round trip.</summary>
public sealed record InspectionRequest
{
    /// <summary>Program of the step whose interpreter is wanted, such as <c>/venv/bin/pip</c> or <c>python3 -m pip</c>.</summary>
    public string? Program { get; init; }

    /// <summary>Files of the parent, relative to the step's directory or absolute.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>View whose fingerprint is wanted.</summary>
    public ViewName? View { get; init; }

    /// <summary>User's folder to prepare.</summary>
    public CacheFolder? Folder { get; init; }

    /// <summary>Log to prepare in that folder.</summary>
    public string Log { get; init; } = "pip.log";
}
