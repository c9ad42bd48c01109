using ComposePipCache.Build.Engine;
using ComposePipCache.Build.Fetch;

namespace ComposePipCache.Cli.Commands.Fetch;

/// <summary>The engine's store, as far as the images of services go.</summary>
internal sealed class ImageStore(EngineApi engine, ImagePuller puller)
{
    /// <summary>Looks which images are there.</summary>
    public async Task<IReadOnlyList<FetchedImage>> LookAsync(
        IEnumerable<NeededImage> images, CancellationToken cancellationToken) =>
        await Task.WhenAll(images.Select(image => LookAsync(image, cancellationToken)));

    /// <summary>Pulls an image that compose did not.</summary>
    /// <returns>What became of it.</returns>
    public async Task<FetchedImage> PullAsync(NeededImage image, CancellationToken cancellationToken)
    {
        var name = ImageName.Parse(image.Name);
        var platform = image.Platform is { } text ? ImagePlatform.Parse(text) : null;
        var problem = await puller.PullAsync(name, platform, isPatient: true, _ => { }, cancellationToken);
        var found = await LookAsync(image, cancellationToken);
        return problem is null ? found : found with { State = ImageState.Failed, Problem = problem };
    }

    private async Task<FetchedImage> LookAsync(NeededImage image, CancellationToken cancellationToken)
    {
        var found = await engine.FindImageAsync(image.Name, cancellationToken);
        var isThere = found is not null && (image.Platform is not { } wanted || found.Platform is not { } actual
            || ImagePlatform.Parse(wanted).Matches(actual));
        return new FetchedImage
        {
            Name = ImageName.Parse(image.Name).Familiar,
            State = isThere ? ImageState.Present : ImageState.Absent,
            Platform = image.Platform,
            Services = image.Services,
            Id = isThere ? found!.Id : null,
        };
    }
}
