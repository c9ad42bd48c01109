using ComposePipCache.Build.Engine;
using ComposePipCache.BuildKit.Session;

namespace ComposePipCache.Build.Fetch;

/// <summary>Has an engine pull images, again where the network is to blame.</summary>
/// <param name="engine">Whose store they go to.</param>
/// <param name="credentials">For their registries.</param>
/// <param name="retries">How often a pull that the network failed is tried again.</param>
/// <param name="clock">Measures the time between.</param>
public sealed class ImagePuller(EngineApi engine, ICredentialStore credentials, int retries, TimeProvider clock)
{
    /// <summary>Pulls one.</summary>
    /// <param name="name">What to pull.</param>
    /// <param name="platform">Null for the engine's own.</param>
    /// <param name="isPatient">Whether to try as often as is allowed; else once more.</param>
    /// <param name="progress">Takes what the engine tells.</param>
    /// <param name="cancellationToken">Ends the pull.</param>
    /// <returns>Why it could not be pulled, in the engine's words; null when it could.</returns>
    public async Task<string?> PullAsync(
        ImageName name,
        ImagePlatform? platform,
        bool isPatient,
        Action<ImagePullStep> progress,
        CancellationToken cancellationToken)
    {
        var credential = await credentials.FindAsync(name.Host, cancellationToken);
        var allowed = isPatient ? retries : Math.Min(retries, 1);
        for (var failures = 0; ; failures++)
        {
            var failure = await engine.PullImageAsync(name, platform, credential, progress, cancellationToken);
            if (failure is null || failures >= allowed || PullFailure.IsFinal(failure))
            {
                return failure;
            }

            // 1, 4 and 16 s, as steps are tried again.
            await Task.Delay(TimeSpan.FromSeconds(1 << (2 * Math.Min(failures, 2))), clock, cancellationToken);
        }
    }
}
