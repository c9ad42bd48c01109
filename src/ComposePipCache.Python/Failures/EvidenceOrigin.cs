namespace ComposePipCache.Python.Failures;

/// <summary>Who met the failure.</summary>
public enum EvidenceOrigin
{
    /// <summary>pip, uv, poetry … itself, on its way to an index or a file.</summary>
    Installer,

    /// <summary>Something else the step ran: git, curl, apt, a build script. Wheels at hand do not mend that.</summary>
    Command,
}
