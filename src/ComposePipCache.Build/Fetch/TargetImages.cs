using ComposePipCache.Build.Bake;
using ComposePipCache.Build.Engine;
using ComposePipCache.Build.Fallback;
using ComposePipCache.BuildKit.Errors;
using ComposePipCache.Protocol.Gateways;

namespace ComposePipCache.Build.Fetch;

/// <summary>The images of one target, brought into the engine's store before its build needs them.</summary>
internal sealed class TargetImages(
    BuildServices services,
    BakeTarget target,
    SyntaxFallback syntax,
    Dictionary<string, string> options,
    TargetProgress progress)
{
    private const string ResolveMode = "image-resolve-mode";

    private readonly ImageFetch _fetch = services.Images!;

    /// <summary>Whether the build is only looked at.</summary>
    public bool IsLook => _fetch.IsLook;

    /// <summary>Sets the frontend to what the store has: pulling is done here, so nothing is pulled twice.</summary>
    public void Prepare()
    {
        options[ResolveMode] = "local";
        if (IsLook)
        {
            // Else its image would be pulled to read the Dockerfile with.
            syntax.Leave(options);
        }
    }

    /// <summary>Asks the frontend for the graph, again where its images were not in the store.</summary>
    /// <remarks>
    /// The second time it finds them there: BuildKit then takes their layers from the store, and the steps on them have
    /// the names that they will have without a registry.
    /// </remarks>
    /// <returns>Null where the graph cannot be had without pulling, and pulling was not asked for.</returns>
    public async Task<Result?> LoadAsync(Func<Task<Result>> loadAsync, CancellationToken cancellationToken)
    {
        if (IsLook && syntax is { Image: not null, CanLeave: false })
        {
            return null;
        }

        var unresolved = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            try
            {
                var loaded = await loadAsync();
                return await EnsureAsync(loaded, cancellationToken) ? await loadAsync() : loaded;
            }
            catch (BuildKitException failure) when (OfflineGap.ImageOf(failure) is { } name && unresolved.Add(name))
            {
                if (!await TryResolveAsync(ImageName.Parse(name), cancellationToken))
                {
                    return null;
                }
            }
        }
    }

    /// <summary>The engine knows its way to a registry as well, tries again, and says what is in its way.</summary>
    private async Task<bool> TryResolveAsync(ImageName name, CancellationToken cancellationToken)
    {
        var platform = target.Platforms is [var only] ? ImagePlatform.Parse(only) : null;
        await _fetch.EnsureAsync(target.Name, new WantedImage(name, platform), isForced: false, progress, cancellationToken);
        // That the first look-up failed is no failure of the build.
        await progress.EndAttemptAsync(isFinal: false);
        return !IsLook;
    }

    /// <summary>Pulls what is to read the Dockerfile.</summary>
    public async Task EnsureFrontendAsync(CancellationToken cancellationToken)
    {
        if (syntax.Image is not { } name)
        {
            return;
        }

        var image = new WantedImage(ImageName.Parse(name), Platform: null) { IsOptional = syntax.CanLeave };
        try
        {
            await _fetch.EnsureAsync(target.Name, image, target.IsPullForced, progress, cancellationToken);
        }
        catch (PipCacheException) when (syntax.CanLeave)
        {
            // Builds do without it, with or without a network.
            syntax.Leave(options);
            await progress.EndAttemptAsync(isFinal: false);
            await services.Pip.Announcer.SayAsync(target.Name, syntax.Announcement);
        }
    }

    private async Task<bool> EnsureAsync(Result loaded, CancellationToken cancellationToken)
    {
        if (loaded.Ref is not { Def: { } definition })
        {
            return false;
        }

        var images = GraphImages.Of(definition, options.Values);
        var changes = await Task.WhenAll(images.Select(image =>
            _fetch.EnsureAsync(target.Name, image, target.IsPullForced, progress, cancellationToken)));
        return changes.Contains(true);
    }
}
