namespace ComposePipCache.Build.Engine;

/// <summary>Words every way a docker context can be unusable.</summary>
internal static class DockerContextErrors
{
    public static ErrorText Unknown(string name, IReadOnlyList<string> known) => new(
        "docker-context-unknown",
        $"docker context \"{name}\" does not exist",
        known.Count == 0 ? "only the default context is there" : $"there are default, {string.Join(", ", known)}",
        "see `docker context ls`; `docker context use` changes the current one");

    public static ErrorText NoEngine(string name) => new(
        "docker-context-invalid",
        $"docker context \"{name}\" names no engine",
        "it has no endpoint called docker",
        $"look at it with `docker context inspect {name}`");

    public static ErrorText Broken(string name, string path, string reason) => new(
        "docker-context-invalid",
        $"docker context \"{name}\" cannot be read",
        $"{path}: {reason}",
        $"make it anew with `docker context create {name}`");

    public static ErrorText Conflict => new(
        "docker-options-conflict",
        "conflicting options: cannot specify both --host and --context",
        "each of them chooses an engine by itself",
        "leave one of them out");
}
