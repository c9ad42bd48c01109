using ComposePipCache.BuildKit.Errors;

namespace ComposePipCache.Build.Fallback;

/// <summary>Does without the image of a <c># syntax=</c> line when it cannot be pulled.</summary>
/// <remarks>
/// The daemon's own frontend reads the Dockerfile then. It ignores the line as soon as there is a <c>cmdline</c>
/// option, whatever that says (buildkit frontend/dockerfile/builder/build.go).
/// </remarks>
internal sealed class SyntaxFallback(string? dockerfile, bool? isOffline, string? argument = null)
{
    private const string Option = "cmdline";

    private readonly Lazy<string?> _image = new(() => argument ?? Read(dockerfile));

    /// <summary>The image that is to read the Dockerfile: BUILDKIT_SYNTAX's or the file's own; null for none.</summary>
    public string? Image => _image.Value;

    /// <summary>Whether the daemon's own frontend reads the same language; another one is not ours to guess.</summary>
    public bool CanLeave => argument is null && Image?.Contains("docker/dockerfile", StringComparison.Ordinal) == true;

    /// <summary>What to tell the user when it is left.</summary>
    public string Announcement => $"{Image} cannot be pulled → the engine's own Dockerfile frontend";

    /// <summary>Offline, the image is not even asked for.</summary>
    public void Prepare(Dictionary<string, string> options)
    {
        if (isOffline == true)
        {
            Leave(options);
        }
    }

    /// <summary>Does without the image, where that is possible.</summary>
    public void Leave(Dictionary<string, string> options)
    {
        if (CanLeave)
        {
            options.TryAdd(Option, Image!);
        }
    }

    /// <summary>Changes the options where the failure was that image's.</summary>
    /// <returns>What to tell the user; null where the failure is another one.</returns>
    public string? TryLeave(Exception failure, Dictionary<string, string> options)
    {
        if (isOffline == false
            || failure is not BuildKitException
            || options.ContainsKey(Option)
            || !CanLeave
            || Image is not { } image
            || !IsAbout(image, failure.Message))
        {
            return null;
        }

        options[Option] = image;
        return Announcement;
    }

    // `failed to resolve source metadata for docker.io/docker/dockerfile:1.4: failed to do request: …`
    private static bool IsAbout(string image, string message) =>
        message.Contains("resolve", StringComparison.Ordinal) && message.Contains(image, StringComparison.Ordinal);

    private static string? Read(string? dockerfile)
    {
        try
        {
            return dockerfile is null ? null : SyntaxDirective.Find(File.ReadLines(dockerfile));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The daemon reads it next, and says what is wrong with it.
            return null;
        }
    }
}
