namespace ComposePipCache.Python.Failures;

/// <summary>How sure it is that the network failure decided the outcome.</summary>
public enum EvidenceStrength
{
    /// <summary>Met on the way; the installer had tries left.</summary>
    Hint,

    /// <summary>The last try was announced, its outcome not told.</summary>
    Likely,

    /// <summary>The installer gave up on a page or file because of it.</summary>
    Certain,
}
