using ComposePipCache.Build.Fetch;
using ComposePipCache.Cli.Compose;

namespace ComposePipCache.Cli.Commands.Fetch;

/// <summary>Has compose pull the images of services that are not built, by its own rules.</summary>
internal sealed class ServicePulls(CommandServices services, ComposeRunner compose, ImageStore store, bool isRefresh)
{
    private const string NeverProblem = "`pull_policy: never` forbids to pull it";

    /// <summary>Pulls what is missing, or all of it to have it anew.</summary>
    public async Task<IReadOnlyList<FetchedImage>> RunAsync(
        IReadOnlyList<NeededImage> images, FetchChildren children, CancellationToken cancellationToken)
    {
        var before = await store.LookAsync(images, cancellationToken);
        var wanted = images.Where((image, at) => !image.IsNeverPulled && (isRefresh || !before[at].IsThere)).ToList();
        var names = wanted.Where(image => image.IsComposes).SelectMany(image => image.Services).Distinct().ToList();
        if (names.Count > 0)
        {
            // They are named for what they lack, so compose's rules need not be overruled but by --refresh.
            string[] policy = isRefresh ? ["--policy", "always"] : [];
            _ = await children.RunAsync(compose.Start(
                services.Docker, [.. services.Line.Globals, "pull", "--ignore-buildable", .. policy, .. names]));
            cancellationToken.ThrowIfCancellationRequested();
        }

        var after = names.Count > 0 ? await store.LookAsync(images, cancellationToken) : before;
        return await Task.WhenAll(images.Select((image, at) =>
            SettleAsync(image, before[at], after[at], isWanted: wanted.Contains(image), cancellationToken)));
    }

    private async Task<FetchedImage> SettleAsync(
        NeededImage image, FetchedImage before, FetchedImage after, bool isWanted, CancellationToken cancellationToken)
    {
        if (image.IsNeverPulled)
        {
            return after.IsThere ? after : after with { Problem = NeverProblem };
        }

        if (isWanted && (!image.IsComposes || !after.IsThere))
        {
            // Compose gives up all pulls when one fails, and passes over images of volumes.
            services.Output.Note($"{after.Name}: pulling it for {string.Join(", ", image.Services)}");
            after = await store.PullAsync(image, cancellationToken);
        }

        return after switch
        {
            { IsThere: false } => after with { State = ImageState.Failed },
            _ when before.Id != after.Id => after with { State = ImageState.Pulled },
            _ => after,
        };
    }
}
