namespace ComposePipCache.Build.Bake;

/// <summary>Every refusal of a bake file, worded once.</summary>
internal static class BakeErrors
{
    public static PipCacheException NotJson(string detail) => new(new ErrorText(
        "bake-not-json",
        "the build definition from docker compose is not JSON",
        detail,
        "run `docker compose build --print` to see what compose hands over"));

    public static PipCacheException NoTargets() => new(new ErrorText(
        "bake-no-targets",
        "the build definition from docker compose names nothing to build",
        "it has no group.default.targets",
        "run `docker compose build --print` to see what compose hands over"));

    public static PipCacheException UnknownTarget(string name, string neededBy) => new(new ErrorText(
        "bake-unknown-target",
        $"failed to find target {name}",
        $"it is needed by {neededBy} and is not in the build definition",
        "check `depends_on`, `additional_contexts` and profiles of the compose file"));

    public static PipCacheException TargetCycle(IEnumerable<string> names) => new(new ErrorText(
        "bake-target-cycle",
        "the build contexts of these services refer to each other in a circle: " + string.Join(" → ", names),
        "an image cannot be built from itself",
        "remove one `service:` entry from `additional_contexts`"));

    public static PipCacheException Unsupported(string target, string field, string value) => new(new ErrorText(
        "bake-unsupported-field",
        $"target {target}: `{field}` is not supported yet ({value})",
        "pipcache would have to drop it in silence, and the image would differ",
        "build this project with `docker pipcache --no-pipcache …` or `docker compose …` until it is"));

    public static PipCacheException Invalid(string target, string field, string value, string expected) => new(
        new ErrorText(
            "bake-invalid-field",
            $"target {target}: `{field}` cannot be {value}",
            $"expected {expected}",
            "run `docker compose build --print` to see what compose hands over"));

    public static PipCacheException NoContext(string target, string path) => new(new ErrorText(
        "bake-no-context",
        $"target {target}: unable to prepare context: path {path} not found",
        "the directory does not exist",
        "check `build.context` in the compose file"));

    public static PipCacheException NoDockerfile(string target, string path) => new(new ErrorText(
        "bake-no-dockerfile",
        $"target {target}: failed to read dockerfile: {path} does not exist",
        "neither the path nor its lower-case form is there",
        "check `build.dockerfile` in the compose file"));

    public static PipCacheException NoSecret(string target, string id, string source) => new(new ErrorText(
        "bake-no-secret",
        $"target {target}: secret {id} has no value",
        source,
        "set it, or remove the secret from `build.secrets`"));
}
