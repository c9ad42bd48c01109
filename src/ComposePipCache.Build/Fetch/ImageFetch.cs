using ComposePipCache.Build.Engine;
using ComposePipCache.Build.Fallback;

namespace ComposePipCache.Build.Fetch;

/// <summary>Brings images into the engine's store, each of them once for all targets of a command.</summary>
/// <remarks>
/// What BuildKit pulls goes to its cache, where no tag leads: the next build without a registry does not find its base
/// image, and a prune takes it away. In the store it is found by its name, without the registry and without the cache.
/// </remarks>
internal sealed class ImageFetch(
    EngineApi engine, ImagePuller puller, FetchReport report, PipSettings settings, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<WantedImage, Task<bool>> _images = [];
    private Task<EngineVersion>? _version;

    /// <summary>Whether it only looks.</summary>
    public bool IsLook => settings.Fetch == FetchMode.Look;

    /// <summary>Sees to it that an image is in the store.</summary>
    /// <param name="target">Whose build needs it.</param>
    /// <param name="image">Which one.</param>
    /// <param name="isForced">Whether the registry is to be asked for a newer one.</param>
    /// <param name="progress">Shows the pull.</param>
    /// <param name="cancellationToken">Ends the pull.</param>
    /// <returns>Whether the store has another image now than before.</returns>
    /// <exception cref="PipCacheException">It cannot be pulled.</exception>
    public Task<bool> EnsureAsync(
        string target, WantedImage image, bool isForced, TargetProgress progress, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_images.TryGetValue(image, out var work))
            {
                work = RunAsync(target, image, isForced || settings.IsRefresh, progress, cancellationToken);
                _images.Add(image, work);
            }

            return work;
        }
    }

    private async Task<bool> RunAsync(
        string target, WantedImage image, bool isForced, TargetProgress progress, CancellationToken cancellationToken)
    {
        var platform = await ForeignAsync(image.Platform, cancellationToken);
        var before = await FindAsync(image, cancellationToken);
        var told = new ImageReport(image.Name.Familiar, before is null ? ImageState.Absent : ImageState.Present)
        {
            Platform = platform?.ToString(),
            IsOptional = image.IsOptional,
        };
        if (IsLook || (before is not null && !isForced))
        {
            await report.WriteAsync(new FetchNote(target) { Image = told });
            return false;
        }

        var pull = new PullProgress(image.Name.Familiar, progress, clock);
        string? failure = null;
        await pull.ShowAsync(async () => failure = await puller.PullAsync(
            image.Name, platform, isPatient: !image.IsOptional, pull.Add, cancellationToken));
        var after = failure is null ? await FindAsync(image, cancellationToken) : null;
        if (failure is null && after is null)
        {
            failure = "the engine pulled it and does not have it: its store keeps one platform of an image";
        }

        // A name that no registry has is that of an image made here.
        var isLocal = failure is not null && before is not null && PullFailure.IsFinal(failure);
        told = told with
        {
            State = failure is null ? before?.Id == after!.Id ? ImageState.Present : ImageState.Pulled
                : isLocal ? ImageState.Present
                : ImageState.Failed,
            Bytes = pull.Bytes,
            Problem = failure,
        };
        await report.WriteAsync(new FetchNote(target) { Image = told });
        return told.State == ImageState.Failed
            ? throw new PipCacheException(PullFailure.Word(image with { Platform = platform }, target, failure!))
            : told.State == ImageState.Pulled;
    }

    /// <summary>A platform that is not the engine's own: such a one must be asked for.</summary>
    private async Task<ImagePlatform?> ForeignAsync(ImagePlatform? platform, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _version ??= engine.GetVersionAsync(cancellationToken);
        }

        var own = await _version;
        return platform?.Matches(new ImagePlatform(own.OperatingSystem, own.Architecture)) == true ? null : platform;
    }

    private async Task<EngineImage?> FindAsync(WantedImage image, CancellationToken cancellationToken)
    {
        var found = await engine.FindImageAsync(image.Name.Reference, cancellationToken);
        return image.Platform is { } wanted && found?.Platform is { } actual && !wanted.Matches(actual) ? null : found;
    }
}
