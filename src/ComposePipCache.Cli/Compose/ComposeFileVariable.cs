using ComposePipCache.Build;

namespace ComposePipCache.Cli.Compose;

/// <summary>The files that COMPOSE_FILE names, in the environment or in an env file, as compose reads it.</summary>
internal static class ComposeFileVariable
{
    private const string Name = "COMPOSE_FILE";
    private const string SeparatorName = "COMPOSE_PATH_SEPARATOR";

    public static string[] Read(string[] envFiles, string? projectDirectory, EnvironmentSnapshot environment)
    {
        var files = envFiles is [] ? StandardEnvFiles(projectDirectory, environment) : envFiles;
        var lines = files.Select(environment.FullPath).Where(File.Exists).SelectMany(ReadLines).ToArray();
        var value = environment[Name] ?? Find(lines, Name);
        var separator = environment[SeparatorName] ?? Find(lines, SeparatorName);
        return value is null ? [] : value.Split(separator is { Length: > 0 } ? separator : $"{Path.PathSeparator}");
    }

    private static string[] StandardEnvFiles(string? projectDirectory, EnvironmentSnapshot environment)
    {
        if (environment["COMPOSE_ENV_FILES"] is { } files)
        {
            return files.Split(',');
        }

        return environment["COMPOSE_DISABLE_ENV_FILE"] is "1" or "t" or "T" or "true" or "TRUE" or "True"
            ? []
            : [Path.Combine(projectDirectory ?? environment.CurrentDirectory, ".env")];
    }

    private static string[] ReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return []; // compose will say so
        }
    }

    // The last one counts.
    private static string? Find(string[] lines, string name) => lines
        .Select(line => line.Trim().Split('=', 2))
        .Where(parts => parts.Length == 2 && parts[0].Replace("export ", "", StringComparison.Ordinal).Trim() == name)
        .Select(parts => parts[1].Trim().Trim('"', '\''))
        .LastOrDefault(value => value.Length > 0);
}
