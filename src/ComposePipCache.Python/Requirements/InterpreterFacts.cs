namespace ComposePipCache.Python.Requirements;

/// <summary>What decides, on the interpreter's side, which files pip may choose.</summary>
public sealed record InterpreterFacts
{
    /// <summary><c>cpython</c> or <c>pypy</c>.</summary>
    public required string Implementation { get; init; }

    /// <summary>Major and minor, as in 3.11.</summary>
    public required string Version { get; init; }

    /// <summary>The ABI with its flags, as in cp311 or cp313t.</summary>
    public string Abi { get; init; } = "";

    /// <summary>The processor, as in x86_64.</summary>
    public string Machine { get; init; } = "";

    /// <summary>The C library and its version, as in glibc-2.36 or musl-1.2.</summary>
    public string Libc { get; init; } = "";

    /// <summary>Major and minor, as in 24.0.</summary>
    public string PipVersion { get; init; } = "";
}
