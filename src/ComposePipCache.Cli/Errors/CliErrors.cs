using ComposePipCache.Build;
using ComposePipCache.Wheelhouse.Errors;

namespace ComposePipCache.Cli.Errors;

/// <summary>Words every failure of the command line itself.</summary>
internal static class CliErrors
{
    public static ErrorText InvalidValue(string source, string value, string wanted, string? file = null) => new(
        "invalid-value",
        $"invalid value \"{value}\" for `{source}`",
        SetIn(file),
        $"give it {wanted}");

    public static ErrorText WrongShape(string source, string wanted, string? file) => new(
        "invalid-value",
        $"`{source}` takes {wanted}",
        SetIn(file));

    public static ErrorText NotMapping(string source, IEnumerable<string> keys, string? file) => new(
        "invalid-value",
        $"`{source}` takes keys and values",
        SetIn(file),
        $"the keys are {string.Join(", ", keys)}");

    public static ErrorText UnknownKey(string source, string? nearest, IEnumerable<string> keys, string? file) => new(
        "unknown-key",
        $"unknown key `{source}`",
        SetIn(file),
        nearest is null ? $"the keys are {string.Join(", ", keys)}" : $"did you mean `{nearest}`?");

    public static ErrorText MisplacedSettings(string service, string? file) => new(
        "misplaced-settings",
        $"`{service}.x-pipcache` stands in the wrong place",
        SetIn(file),
        $"move it to `{service}.build.x-pipcache`");

    public static ErrorText SettingsInvalid(string file, string reason) => new(
        "settings-invalid",
        $"cannot read the settings in {file}",
        reason);

    public static ErrorText FolderMissing(string source, string path, string? file) => new(
        "find-links-missing",
        $"`{source}`: there is no folder {path}",
        SetIn(file),
        "create it with `pip download -d`, or leave the setting out");

    public static ErrorText FolderIsFile(string source, string path, string? file) => new(
        "find-links-file",
        $"`{source}`: {path} is a file, not a folder",
        SetIn(file),
        "name the folder that the file is in");

    public static ErrorText FolderUnreadable(string source, string path, string reason) => new(
        "find-links-unreadable",
        $"`{source}`: cannot read the folder {path}",
        reason,
        "give yourself access, or leave the setting out");

    public static ErrorText MissingValue(string flag) => new(
        "missing-value",
        $"`{flag}` needs a value",
        Hint: "run `docker pipcache --help` for what it takes");

    public static ErrorText Contradiction(string one, string other) => new(
        "contradiction",
        $"`{one}` and `{other}` contradict each other",
        Hint: "give one of them");

    public static ErrorText FetchOffline(string flag) => new(
        "contradiction",
        $"`fetch` gets things, and `{flag}` gets nothing",
        Hint: $"leave `{flag}` out");

    public static ErrorText FetchDisabled { get; } = new(
        "pipcache-disabled",
        "pipcache is switched off for this project",
        "`enabled: false` or PIPCACHE_DISABLE",
        "switch it on, or run `docker compose pull` and `docker compose build`");

    public static ErrorText FetchStandardInput { get; } = new(
        "fetch-standard-input",
        "`fetch` cannot read the project from its standard input",
        "it reads the project more than once",
        "put it into a file, and name that with `-f`");

    public static ErrorText NoBuildDefinition { get; } = new(
        "compose-too-old",
        "docker compose is too old for this",
        "`compose build --print` shows nothing on its standard output; that takes 2.36 or newer",
        "upgrade the compose plugin, or run `docker pipcache fetch` with neither `--no-build` nor `--dry-run`");

    public static ErrorText UnknownWord(string verb, string word) => new(
        "usage",
        word.StartsWith('-')
            ? $"unknown flag: {word}"
            : $"`docker pipcache {verb}` accepts no arguments, got \"{word}\"",
        Hint: $"run `docker pipcache {verb} --help` for what it takes");

    public static ErrorText UnknownCommand(string verb, string word) => new(
        "usage",
        $"unknown command: `docker pipcache {verb} {word}`",
        Hint: $"run `docker pipcache {verb} --help` for those that there are");

    public static ErrorText Usage(string verb, string reason) => new(
        "usage",
        reason.TrimEnd('.'),
        Hint: $"run `docker pipcache {verb} --help` for what it takes");

    public static ErrorText ComposeMissing(IEnumerable<string> directories) => new(
        "compose-missing",
        "docker compose is not installed",
        $"no `docker-compose` in {string.Join(", ", directories)}",
        "install the compose plugin 2.31 or newer: https://docs.docker.com/compose/install/linux/");

    public static ErrorText ComposeTooOld(string version, string path) => new(
        "compose-too-old",
        $"docker compose {version} is too old",
        $"{path} cannot leave its builds to another program; that takes 2.31 or newer",
        "upgrade the compose plugin, or pass `--no-pipcache` to build with compose alone");

    public static ErrorText ComposeBroken(string path, string reason) => new(
        "compose-broken",
        "docker compose does not start",
        $"{path}: {reason}",
        "run `docker compose version` to see what is wrong with it");

    public static ErrorText ClassicBuilder(string value) => new(
        "classic-builder",
        $"DOCKER_BUILDKIT={value} asks for the classic builder",
        "docker pipcache builds with BuildKit",
        "unset DOCKER_BUILDKIT, or pass `--no-pipcache` to build with compose alone");

    public static ErrorText BuildxMissing(string request) => new(
        "buildx-missing",
        $"docker buildx is not installed, and `{request}` needs it",
        "docker pipcache leaves to buildx whatever it does not build itself",
        "install the buildx plugin: https://docs.docker.com/go/buildx/");

    public static ErrorText CannotStart(string path, string reason) => new(
        "cannot-start",
        $"cannot start {path}",
        reason);

    public static ErrorText SettingsUnreadable(string path, string reason) => new(
        "settings-unreadable",
        $"cannot read the settings in {path}",
        reason,
        "unset PIPCACHE_SETTINGS; it is set for you when it is needed");

    /// <summary>The wheelhouse words its failures itself.</summary>
    public static ErrorText Of(WheelhouseProblem problem) =>
        new(problem.Code, problem.What, problem.Why, problem.Hint);

    private static string? SetIn(string? file) => file is null ? null : $"it is set in {file}";
}
