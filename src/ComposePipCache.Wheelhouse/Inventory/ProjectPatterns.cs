using System.IO.Enumeration;
using ComposePipCache.Python.Wheels;

namespace ComposePipCache.Wheelhouse.Inventory;

/// <summary>Names of projects as a user types them: spelled in any way, with <c>*</c> and <c>?</c>.</summary>
public sealed class ProjectPatterns(IReadOnlyList<string> patterns)
{
    private readonly string[] _patterns = [.. patterns.Select(ProjectName.Normalize)];

    /// <summary>The project that a file's name tells; the name itself where it tells none.</summary>
    public static string ProjectOf(string fileName) =>
        WheelName.Parse(fileName)?.Project ?? SdistName.Parse(fileName)?.Project ?? fileName;

    /// <summary>Whether any pattern fits; without patterns everything does.</summary>
    public bool Match(string project) =>
        _patterns.Length == 0
        || _patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, project, ignoreCase: false));
}
