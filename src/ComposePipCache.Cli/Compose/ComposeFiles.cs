using ComposePipCache.Build;
using ComposePipCache.Cli.Plugin;

namespace ComposePipCache.Cli.Compose;

/// <summary>The compose files of a project, found as compose finds them, and the folder that it is in.</summary>
internal sealed record ComposeFiles(IReadOnlyList<string> Paths, string ProjectDirectory)
{
    /// <summary>What <c>--file</c> is given for the standard input.</summary>
    public const string StandardInput = "-";

    private static readonly string[] Names =
        ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

    private static readonly string[] OverrideNames =
    [
        "compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml",
    ];

    public static ComposeFiles Locate(ComposeCommandLine line, EnvironmentSnapshot environment)
    {
        var options = GlobalsOf(line).ToArray();
        var directory = ValuesOf(options, "project-directory", "workdir") is [.., { Length: > 0 } own]
            ? environment.FullPath(own)
            : null;
        var given = ValuesOf(options, "file", "f");
        if (given is [])
        {
            given = ComposeFileVariable.Read(ValuesOf(options, "env-file"), directory, environment);
        }

        IReadOnlyList<string> paths = given is []
            ? FindDefaults(directory ?? environment.CurrentDirectory)
            : [.. given.Select(path => path is StandardInput ? path : environment.FullPath(path))];
        return new ComposeFiles(
            paths,
            directory
                ?? Path.GetDirectoryName(paths.FirstOrDefault(path => path is not StandardInput))
                ?? environment.CurrentDirectory);
    }

    private static string[] ValuesOf(ReadOption[] options, params string[] names) =>
        [.. options.Where(option => names.Contains(option.Name)).Select(option => option.Value ?? "")];

    private static IEnumerable<ReadOption> GlobalsOf(ComposeCommandLine line)
    {
        for (var at = 0; at < line.Globals.Count && OptionSet.IsOption(line.Globals[at]);)
        {
            var option = ComposeOptions.Global.Read(line.Globals, at);
            yield return option;
            at += option.WordCount;
        }
    }

    // In the folder or the nearest one above it, with its override.
    private static string[] FindDefaults(string directory)
    {
        for (var at = directory; at is not null; at = Path.GetDirectoryName(at))
        {
            if (FirstOf(Names, at) is { } file)
            {
                return FirstOf(OverrideNames, at) is { } more ? [file, more] : [file];
            }
        }

        return [];
    }

    private static string? FirstOf(string[] names, string directory) =>
        names.Select(name => Path.Combine(directory, name)).FirstOrDefault(File.Exists);
}
