namespace ComposePipCache.Wheelhouse.Errors;

/// <summary>A file is not the one that was promised; nothing of it was kept.</summary>
public sealed class DigestMismatchException(string fileName, string expected, string actual)
    : WheelhouseException(WheelhouseErrors.DigestMismatch(fileName, expected, actual))
{
    public string FileName { get; } = fileName;

    /// <summary>The promised SHA-256, in hex.</summary>
    public string Expected { get; } = expected;

    /// <summary>The SHA-256 of what came, in hex.</summary>
    public string Actual { get; } = actual;
}
