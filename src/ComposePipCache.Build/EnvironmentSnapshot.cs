using System.Collections;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace ComposePipCache.Build;

/// <summary>The environment of this process as it was at the start; the only way any code learns of it.</summary>
public sealed class EnvironmentSnapshot
{
    private static readonly StringComparer NameComparer =
        OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    public EnvironmentSnapshot(IEnumerable<KeyValuePair<string, string>> variables, string currentDirectory)
    {
        Variables = variables.ToFrozenDictionary(NameComparer);
        CurrentDirectory = currentDirectory;
        HomeDirectory = this[OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME"]
            ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
    }

    /// <summary>Every variable, those that are set to nothing included.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    public string CurrentDirectory { get; }

    /// <summary>HOME, or what the system's user database says when it is not set.</summary>
    public string HomeDirectory { get; }

    /// <summary>The value of a variable; an empty one counts as not set, as docker has it.</summary>
    public string? this[string name] => Variables.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    [SuppressMessage("ApiDesign", "RS0030", Justification = "the one place that reads the real environment")]
    public static EnvironmentSnapshot FromProcess()
    {
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? ""));
        return new EnvironmentSnapshot(variables, Environment.CurrentDirectory);
    }

    /// <summary>A copy with one variable changed; null takes the variable out.</summary>
    public EnvironmentSnapshot With(string name, string? value)
    {
        var others = Variables.Where(variable => !NameComparer.Equals(variable.Key, name));
        return new EnvironmentSnapshot(value is null ? others : others.Append(new(name, value)), CurrentDirectory);
    }

    /// <summary>Makes a path absolute against the directory the user is in.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, CurrentDirectory);

    /// <summary>The program a shell would start for a bare name, or null.</summary>
    /// <remarks>Relative PATH entries are passed over: nobody wants a helper out of the project directory.</remarks>
    public string? FindProgram(string name)
    {
        var fileName = OperatingSystem.IsWindows() ? $"{name}.exe" : name;
        return (this["PATH"] ?? "").Split(Path.PathSeparator)
            .Where(Path.IsPathFullyQualified)
            .Select(directory => Path.Combine(directory, fileName))
            .FirstOrDefault(Engine.ExecutableFile.IsRunnable);
    }
}
