namespace ComposePipCache.Build.Fetch;

/// <summary>What to make of an engine's reason why it could not pull an image.</summary>
internal static class PullFailure
{
    // Of registries (distribution/spec error codes) and of engines, by what no further try changes.
    private static readonly string[] Final =
    [
        "manifest unknown", "not found", "does not exist", "denied", "unauthorized", "no matching manifest",
        "does not match the specified platform", "invalid reference", "no space left", "not supported",
    ];

    /// <summary>Whether asking again would bring the same answer.</summary>
    public static bool IsFinal(string failure) =>
        Final.Any(word => failure.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The failure as a user can act on it.</summary>
    public static ErrorText Word(WantedImage image, string target, string failure) => new(
        "image-not-pulled",
        $"cannot pull the image {image.Name.Familiar}{Of(image)} for {target}",
        failure,
        Hint(failure));

    private static string Of(WantedImage image) => image.Platform is { } platform ? $" ({platform})" : "";

    private static string Hint(string failure)
    {
        if (!IsFinal(failure))
        {
            return "run it again when there is a network; what was got is kept";
        }

        return failure.Contains("denied", StringComparison.OrdinalIgnoreCase)
            || failure.Contains("unauthorized", StringComparison.OrdinalIgnoreCase)
            ? "check its name, and run `docker login` if it is private"
            : "check its name, tag and platform";
    }
}
