using System.Collections.Immutable;

namespace ComposePipCache.Python.Commands.Shell;

/// <summary>What is known of a shell at one place of its script.</summary>
internal sealed record ShellState
{
    // set by the shell or the runtime, not by the image
    private static readonly HashSet<string> OwnVariables =
        ["HOME", "HOSTNAME", "PATH", "PWD", "OLDPWD", "SHELL", "USER", "LOGNAME", "UID", "EUID", "RANDOM", "PPID",
         "IFS", "HOSTTYPE", "MACHTYPE", "OSTYPE", "SECONDS", "LINENO", "BASH", "BASH_VERSION", "SHLVL", "TERM", "_"];

    /// <summary>Values of the environment and of assignments; null for a value nobody knows.</summary>
    public ImmutableDictionary<string, string?> Variables { get; init; } = ImmutableDictionary<string, string?>.Empty;

    /// <summary>What differs from the step's own environment; null where a variable is unset or unknown.</summary>
    public ImmutableDictionary<string, string?> Changes { get; init; } = ImmutableDictionary<string, string?>.Empty;

    /// <summary>The variables that set pip's options, in the order of their names.</summary>
    public ImmutableSortedDictionary<string, string?> PipVariables { get; init; } =
        ImmutableSortedDictionary.Create<string, string?>(StringComparer.Ordinal);

    public string? WorkingDirectory { get; init; }

    public string? ActivatedEnvironment { get; init; }

    /// <summary>True behind <c>eval</c> and a sourced file: any variable may be set by then.</summary>
    public bool HasUnseenVariables { get; init; }

    /// <summary>The value of a variable: empty when it is not set, null when nobody knows.</summary>
    public string? Lookup(string name)
    {
        if (Variables.TryGetValue(name, out var value))
        {
            return value;
        }

        return HasUnseenVariables || OwnVariables.Contains(name) || !IsName(name) ? null : "";
    }

    public ShellState Assign(string name, string? value, bool isExported)
    {
        // an assignment to a variable that is in the environment already reaches the commands too
        var changes = isExported || Variables.ContainsKey(name) || Changes.ContainsKey(name) || IsToolVariable(name)
            ? Changes.SetItem(name, value)
            : Changes;
        return Set(name, value, isExported || changes.ContainsKey(name)) with { Changes = changes };
    }

    public ShellState Unset(string name) => Set(name, "") with { Changes = Changes.SetItem(name, null) };

    /// <summary>A variable as the step's environment has it from the start.</summary>
    public ShellState Set(string name, string? value, bool isExported = true) => this with
    {
        Variables = Variables.SetItem(name, value),
        PipVariables = isExported && PipEnvironment.IsOption(name) ? PipVariables.SetItem(name, value) : PipVariables,
    };

    public static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || char.IsAsciiDigit(text[0]))
        {
            return false;
        }

        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character != '_')
            {
                return false;
            }
        }

        return true;
    }

    // these may be in the step's environment without being in the image's: they are what a build adds
    private static bool IsToolVariable(string name) =>
        name.StartsWith("PIP_", StringComparison.Ordinal) || name.StartsWith("UV_", StringComparison.Ordinal);
}
