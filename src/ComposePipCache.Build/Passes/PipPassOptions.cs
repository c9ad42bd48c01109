namespace ComposePipCache.Build.Passes;

/// <summary>What the rewriting of one target's graph depends on beside the graph.</summary>
internal sealed record PipPassOptions
{
    /// <summary>Host directory by name of local source.</summary>
    public required IReadOnlyDictionary<string, string> Directories { get; init; }

    /// <summary><c>public</c>, or a name of the user's own find-links folders.</summary>
    public required string Scope { get; init; }

    /// <summary>Unique to this build; names the mounts of steps that must run again.</summary>
    public required string BuildName { get; init; }

    /// <summary>Whether the engine can mount the wheels read-only for a step while another is being made ready.</summary>
    public required bool CanShareReadOnly { get; init; }

    /// <summary>Whether the layer of the step with this view is not to be trusted.</summary>
    public Func<string, bool> MustRunAgain { get; init; } = _ => false;

    /// <summary>Views of steps that we failed to serve before.</summary>
    public IReadOnlySet<string> NotServed { get; init; } = new HashSet<string>();
}
