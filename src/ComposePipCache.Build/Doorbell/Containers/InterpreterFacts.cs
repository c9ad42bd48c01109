using System.Globalization;
using ComposePipCache.Python.Configuration;

namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>The Python that a step's program runs on.</summary>
public sealed record InterpreterFacts
{
    /// <summary>Absolute path in the step's parent.</summary>
    public required string Path { get; init; }

    /// <summary>Such as <c>cpython</c>.</summary>
    public required string Implementation { get; init; }

    /// <summary>Such as <c>3.11.2</c> or <c>3.15.0a1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Of the virtual environment, where there is one.</summary>
    public required string Prefix { get; init; }

    /// <summary>The kernel's word, such as <c>x86_64</c>.</summary>
    public required string Machine { get; init; }

    /// <summary>32 or 64: a 64-bit kernel may run a 32-bit interpreter.</summary>
    public required int Bits { get; init; }

    /// <summary>Such as <c>linux-x86_64</c>.</summary>
    public required string Platform { get; init; }

    /// <summary>Such as <c>cpython-311-x86_64-linux-gnu</c>; empty when unknown.</summary>
    public required string Abi { get; init; }

    /// <summary>Built without the global lock.</summary>
    public required bool IsFreeThreaded { get; init; }

    /// <summary>Such as <c>glibc 2.36</c> or <c>musl 1.2.4</c>; empty when unknown.</summary>
    public required string Libc { get; init; }

    /// <summary>Version of the pip it would import; null when it has none.</summary>
    public required string? PipVersion { get; init; }

    /// <summary>pip's configuration files, weakest first.</summary>
    public IReadOnlyList<PipConfigFile> ConfigFiles { get; init; } = [];

    internal static InterpreterFacts Parse(string path, string text)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            var separator = line.IndexOf('=', StringComparison.Ordinal);
            if (separator > 0)
            {
                facts[line[..separator]] = line[(separator + 1)..];
            }
        }

        string Fact(string name) => facts.GetValueOrDefault(name, "");
        return new InterpreterFacts
        {
            Path = path,
            Implementation = Fact("implementation"),
            Version = Fact("version"),
            Prefix = Fact("prefix"),
            Machine = Fact("machine"),
            Bits = int.Parse(facts.GetValueOrDefault("bits", "64"), CultureInfo.InvariantCulture),
            Platform = Fact("platform"),
            Abi = Fact("abi"),
            IsFreeThreaded = Fact("free-threaded") == "1",
            Libc = Fact("libc"),
            PipVersion = facts.GetValueOrDefault("pip"),
        };
    }
}
