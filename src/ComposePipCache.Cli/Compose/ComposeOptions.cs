using ComposePipCache.Cli.Plugin;

namespace ComposePipCache.Cli.Compose;

/// <summary>Which options of compose take a value, as of compose 2.31 to 5.5.</summary>
internal static class ComposeOptions
{
    /// <summary>The options before the verb.</summary>
    public static OptionSet Global { get; } = new(
        [
            "ansi", "env-file", "file", "insecure-registry", "parallel", "profile", "progress", "project-directory",
            "project-name", "workdir",
        ],
        "fp");

    private static readonly Dictionary<string, OptionSet> Building = new(StringComparer.Ordinal)
    {
        ["build"] = new(["build-arg", "builder", "memory", "progress", "provenance", "sbom", "ssh"], "m"),
        ["create"] = new(["pull", "scale"], ""),
        ["fetch"] = new(["format", "platform"], ""), // ours: has compose build
        ["run"] = new(
            [
                "cap-add", "cap-drop", "entrypoint", "env", "env-from-file", "label", "labels", "name", "publish",
                "pull", "user", "volume", "volumes", "workdir",
            ],
            "elpuvw"),
        ["up"] = new(
            ["attach", "exit-code-from", "no-attach", "pull", "scale", "timeout", "wait-timeout"], "t"),
        ["watch"] = new([], ""),
    };

    private static readonly OptionSet None = new([], "");

    public static IEnumerable<string> BuildingVerbs => Building.Keys;

    /// <summary>Whether compose may call its builder for this verb.</summary>
    public static bool CanBuild(string verb) => Building.ContainsKey(verb);

    public static OptionSet Of(string verb) => Building.GetValueOrDefault(verb, None);

    /// <summary>
    /// Whether options may stand after the first service; after that of <c>run</c> comes a command line.
    /// </summary>
    public static bool IsInterspersed(string verb) => verb is not ("run" or "exec");
}
