using System.Text.Json;

namespace ComposePipCache.Python.Resolving;

/// <summary>What pip 22.2 and later write with <c>--report</c>: all that it would install.</summary>
/// <remarks>
/// Format <c>0</c> (22.2) and <c>1</c> (23.0 on) are read: see installation-report in the reference of pip's docs.
/// </remarks>
public sealed record PipReport
{
    private static readonly string[] Formats = ["0", "1"];

    private PipReport()
    {
    }

    /// <summary>In pip's order.</summary>
    public IReadOnlyList<ReportedProject> Projects { get; private init; } = [];

    /// <summary>The values of environment markers, for <see cref="Markers.MarkerEnvironment"/>.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; private init; } = new Dictionary<string, string>();

    public string PipVersion { get; private init; } = "";

    /// <summary>Why the text is no report, for people; null when it is one.</summary>
    public string? Problem { get; private init; }

    /// <summary>Reads a report. One that is not understood in all parts has a problem and no projects.</summary>
    public static PipReport Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return Broken(json.IsEmpty ? "it is empty" : "it is no JSON");
        }
    }

    private static PipReport Read(JsonElement root)
    {
        var format = ReportedJson.Text(root, "version");
        if (format is null || ReportedJson.Member(root, "install", JsonValueKind.Array) is not { } install)
        {
            return Broken("it has no list of what to install");
        }

        if (!Formats.Contains(format))
        {
            return Broken($"its format is {format}, only 0 and 1 are known");
        }

        var projects = new List<ReportedProject>();
        foreach (var entry in install.EnumerateArray())
        {
            if (ReportedJson.Project(entry) is not { } project)
            {
                return Broken($"its entry {projects.Count + 1} has no name, version or origin");
            }

            projects.Add(project);
        }

        return new PipReport
        {
            Projects = projects,
            Environment = ReportedJson.Texts(root, "environment"),
            PipVersion = ReportedJson.Text(root, "pip_version") ?? "",
        };
    }

    private static PipReport Broken(string reason) => new() { Problem = $"pip's report cannot be read: {reason}" };
}
