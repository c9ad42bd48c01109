using System.Collections.Frozen;
using ComposePipCache.Python.Requirements;
using ComposePipCache.Python.Versions;
using ComposePipCache.Python.Wheels;

namespace ComposePipCache.Python.Markers;

/// <summary>What environment markers (PEP 508) compare with, as far as it is known.</summary>
public sealed class MarkerEnvironment
{
    internal const string Extra = "extra";

    private const string FullVersion = "python_full_version";
    private const int LatestPatch = 9999;

    // older spellings that pip still reads
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["os.name"] = "os_name",
        ["sys.platform"] = "sys_platform",
        ["platform.version"] = "platform_version",
        ["platform.machine"] = "platform_machine",
        ["platform.python_implementation"] = "platform_python_implementation",
        ["python_implementation"] = "platform_python_implementation",
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Known = new[]
    {
        "python_version", FullVersion, "os_name", "sys_platform", "platform_machine", "platform_system",
        "platform_release", "platform_version", "platform_python_implementation", "implementation_name",
        "implementation_version", Extra,
    }.ToFrozenSet();

    private readonly IReadOnlyDictionary<string, string> _values;

    private MarkerEnvironment(IReadOnlyDictionary<string, string> values) => _values = values;

    /// <summary>What is known of an interpreter on Linux.</summary>
    /// <param name="facts">The interpreter.</param>
    /// <param name="fullVersion">As in 3.11.7; without it, markers that depend on the last number stay open.</param>
    public static MarkerEnvironment Of(InterpreterFacts facts, string? fullVersion = null)
    {
        var isCPython = facts.Implementation == "cpython";
        var values = new Dictionary<string, string>
        {
            ["python_version"] = facts.Version,
            ["os_name"] = "posix",
            ["sys_platform"] = facts.Version.StartsWith("2.", StringComparison.Ordinal) ? "linux2" : "linux",
            ["platform_system"] = "Linux",
            ["platform_machine"] = facts.Machine,
            ["implementation_name"] = facts.Implementation,
            ["platform_python_implementation"] = isCPython ? "CPython" : facts.Implementation == "pypy" ? "PyPy" : "",
            [FullVersion] = fullVersion ?? "",
            ["implementation_version"] = isCPython ? fullVersion ?? "" : "",
        };
        return new MarkerEnvironment(values.Where(value => value.Value.Length > 0).ToDictionary());
    }

    /// <summary>Values by their names, such as pip's report has them; a name that is absent stays open.</summary>
    public static MarkerEnvironment Of(IReadOnlyDictionary<string, string> values) => new(values);

    /// <summary>Decides whether a file is for this interpreter.</summary>
    /// <param name="requiresPython">The file's Requires-Python; pip ignores one that is none.</param>
    /// <returns>Null where it depends on a number that is not known.</returns>
    public bool? Accepts(string? requiresPython)
    {
        if (requiresPython is null || VersionSpecifier.Parse(requiresPython) is not { } specifier)
        {
            return true;
        }

        var versions = Lookup(FullVersion);
        return versions.Count > 0 && PythonVersion.Parse(versions[0]) is { } first
            && PythonVersion.Parse(versions[^1]) is { } last
                ? specifier.ContainsAll(first, last)
                : null;
    }

    /// <summary>Decides whether a requirement behind a marker counts.</summary>
    /// <param name="marker">The marker; an empty one is true.</param>
    /// <param name="extras">The extras that were asked for; one that fits is enough.</param>
    /// <returns>Null where the values at hand do not tell, and where the text is no marker.</returns>
    public bool? Evaluate(string marker, IReadOnlyCollection<string> extras)
    {
        if (marker.Length == 0)
        {
            return true;
        }

        bool? result = false;
        foreach (var extra in extras.DefaultIfEmpty(""))
        {
            result |= new MarkerReader(marker, this, ProjectName.Normalize(extra)).Evaluate();
        }

        return result;
    }

    /// <summary>The name in its newest spelling; null where markers have no such variable.</summary>
    internal static string? Canonical(string name) =>
        Names.TryGetValue(name, out var newer) ? newer : Known.Contains(name) ? name : null;

    /// <summary>
    /// The value of a variable; of a version whose last number nobody knows the first and the last; empty for one
    /// that is not known at all.
    /// </summary>
    internal IReadOnlyList<string> Lookup(string name)
    {
        if (_values.TryGetValue(name, out var value))
        {
            return [value];
        }

        var isCPython = _values.GetValueOrDefault("implementation_name") == "cpython";
        return (name == FullVersion || (name == "implementation_version" && isCPython))
            && _values.TryGetValue("python_version", out var version)
                ? [$"{version}.0", $"{version}.{LatestPatch}"]
                : [];
    }
}
