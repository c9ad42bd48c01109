namespace ComposePipCache.Cli.Plugin;

/// <summary>Which of our parts a process plays; the name it was started by tells.</summary>
internal enum ProcessRole
{
    /// <summary>What the user typed.</summary>
    CommandLine,

    /// <summary>What compose starts to have something built.</summary>
    Builder,
}
