using System.Text;
using System.Text.RegularExpressions;

namespace ComposePipCache.Wheelhouse.Sources;

/// <summary>Name and version as a wheel's own METADATA tells them.</summary>
internal sealed partial record WheelMetadata(string Name, string Version)
{
    private const string Ending = ".dist-info/METADATA";

    /// <summary>Whether a path in an archive is that of a METADATA file at its top.</summary>
    public static bool IsMetadata(string path) =>
        path.EndsWith(Ending, StringComparison.Ordinal) && path.Count(one => one == '/') == 1;

    public static WheelMetadata Parse(ReadOnlySpan<byte> content)
    {
        string name = "", version = "";
        foreach (var line in Encoding.UTF8.GetString(content).EnumerateLines())
        {
            if (line.IsEmpty)
            {
                break;
            }

            name = name.Length > 0 ? name : Field(line, "Name:");
            version = version.Length > 0 ? version : Field(line, "Version:");
        }

        return new WheelMetadata(name, version);
    }

    public bool IsOf(WheelFileName file) =>
        Normalize(Name) == Normalize(file.Name) && ComparableVersion.Of(Version) == ComparableVersion.Of(file.Version);

    private static string Field(ReadOnlySpan<char> line, string field) =>
        line.StartsWith(field, StringComparison.OrdinalIgnoreCase) ? line[field.Length..].Trim().ToString() : "";

    private static string Normalize(string name) => Separators().Replace(name, "-").ToLowerInvariant();

    [GeneratedRegex("[-_.]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Separators();
}
