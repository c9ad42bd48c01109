using ComposePipCache.Build;

namespace ComposePipCache.Cli.Commands.Wheels;

/// <summary>Words what the commands refuse.</summary>
internal static class WheelsErrors
{
    public static ErrorText NotConfirmed(string what) => new(
        "prune-not-confirmed",
        $"{what} was not confirmed",
        "there is no terminal to ask on",
        "pass `--force` to go ahead, or `--dry-run` to see what would go");

    public static ErrorText Cancelled(string what) => new(
        "prune-cancelled",
        $"{what} has been cancelled");

    public static ErrorText NothingToExport(IReadOnlyList<string> patterns, string? service) => new(
        "export-empty",
        "nothing to export",
        (patterns, service) switch
        {
            ([], null) => "the wheelhouse is empty",
            ([], _) => $"nothing that {service} uses is stored",
            (_, null) => $"nothing stored matches {string.Join(' ', patterns)}",
            _ => $"nothing that {service} uses matches {string.Join(' ', patterns)}",
        },
        "list what there is with `docker pipcache wheels ls`");

    public static ErrorText UnknownService(string service, IReadOnlyList<string> known) => new(
        "export-unknown-service",
        $"no build of {service} has kept anything",
        known is [] ? "there are no locks" : $"there are locks of {string.Join(", ", known)}",
        "build it once with `docker pipcache build`");

    public static ErrorText LosesLayers { get; } = new(
        "prune-loses-layers",
        "a prune would cost this engine its whole build cache",
        "with the containerd image store BuildKit forgets every layer after any prune",
        "leave it to the engine's own garbage collection, or pass `--force`: the next build then runs every step");
}
