namespace ComposePipCache.Python.Configuration;

/// <summary>Where pip found a configuration file; a later kind beats an earlier one.</summary>
public enum PipConfigKind
{
    /// <summary>Of the machine.</summary>
    Global,

    /// <summary>Of the user; not read when <see cref="Environment"/> names a file that exists.</summary>
    User,

    /// <summary>Of the virtual environment or installation.</summary>
    Site,

    /// <summary>Named by PIP_CONFIG_FILE.</summary>
    Environment,
}
