namespace ComposePipCache.Build.Resolve.Steps;

/// <summary>How far resolving a step has come.</summary>
internal enum ResolveState
{
    /// <summary>The lock is written and every file of it is at hand.</summary>
    Resolved,

    /// <summary>The index went away; what had come is kept.</summary>
    Unreachable,

    /// <summary>A file does not build, whatever the index has: the step will show the same without it.</summary>
    DoesNotBuild,

    /// <summary>Only running the step can tell: its pip fails, cannot be tried, or would take older releases.</summary>
    NotResolved,
}
