using ComposePipCache.BuildKit.Errors;

namespace ComposePipCache.Build.Fallback;

/// <summary>Does without the image of a <c># syntax=</c> line when it cannot be pulled.</summary>
/// <remarks>
/// The daemon's own frontend reads the Dockerfile then. It ignores the line as soon as there is a <c>cmdline</c>
/// option, whatever that says (buildkit frontend/dockerfile/builder/build.go).
/// </remarks>
internal sealed class SyntaxFallback(string? dockerfile, bool? isOffline)
{
    private const string Option = "cmdline";

    private readonly Lazy<string?> _image = new(() => Read(dockerfile));

    /// <summary>Offline, the image is not even asked for.</summary>
    public void Prepare(Dictionary<string, string> options)
    {
        if (isOffline == true && _image.Value is { } image)
        {
            options.TryAdd(Option, image);
        }
    }

    /// <summary>Changes the options where the failure was that image's.</summary>
    /// <returns>What to tell the user; null where the failure is another one.</returns>
    public string? TryLeave(Exception failure, Dictionary<string, string> options)
    {
        if (isOffline == false
            || failure is not BuildKitException
            || options.ContainsKey(Option)
            || _image.Value is not { } image
            || !IsAbout(image, failure.Message))
        {
            return null;
        }

        options[Option] = image;
        return $"{image} cannot be pulled → the engine's own Dockerfile frontend";
    }

    // `failed to resolve source metadata for docker.io/docker/dockerfile:1.4: failed to do request: …`
    private static bool IsAbout(string image, string message) =>
        message.Contains("resolve", StringComparison.Ordinal) && message.Contains(image, StringComparison.Ordinal);

    private static string? Read(string? dockerfile)
    {
        try
        {
            // Another frontend's language is not ours to guess.
            return dockerfile is not null && SyntaxDirective.Find(File.ReadLines(dockerfile)) is { } image
                && image.Contains("docker/dockerfile", StringComparison.Ordinal) ? image : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The daemon reads it next, and says what is wrong with it.
            return null;
        }
    }
}
