using System.Runtime.ExceptionServices;
using ComposePipCache.Build.Fallback;

namespace ComposePipCache.Build.Bake;

/// <summary>Builds all targets of a command side by side. The first failure ends the others, unless the build is offline.</summary>
internal sealed class BakeBuild
{
    private readonly BuildServices _services;
    private readonly TargetLinks _links;
    private readonly Dictionary<string, LinkedTarget> _linked;
    private (TargetBuild Build, ExceptionDispatchInfo Failure)? _first;

    public BakeBuild(BuildServices services, TargetLinks links)
    {
        _services = services;
        _links = links;
        _linked = links.Targets.Where(target => links.IsUsed(target.Name))
            .ToDictionary(target => target.Name, _ => new LinkedTarget());
    }

    /// <summary>The exporter's answer by target.</summary>
    /// <exception cref="TargetFailedException">A build failed inside the daemon.</exception>
    /// <exception cref="PipCacheException">A target cannot be built as it is described.</exception>
    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> RunAsync(
        CancellationToken cancellationToken)
    {
        using var lifetime = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Sessions first: a target may pull through the session of another.
        var builds = new List<TargetBuild>();
        foreach (var target in _links.Targets)
        {
            builds.Add(await TargetBuild.PrepareAsync(_services, target, _links, cancellationToken));
        }

        var responses = await Task.WhenAll(builds.Select(build => RunOneAsync(build, lifetime)));
        cancellationToken.ThrowIfCancellationRequested();
        if (_first is var (failed, failure))
        {
            var name = _links.Targets.Count > 1 ? failed.Name : null;
            var gaps = builds.Where(build => build.Gap is not null).Select(build => (build.Name, build.Gap!)).ToList();
            var advice = gaps.Count > 0 ? OfflineGap.Advice(gaps) : failed.Advice;
            throw new TargetFailedException(name, failure.SourceException, advice);
        }

        return responses.OfType<(string Name, IReadOnlyDictionary<string, string> Response)>()
            .ToDictionary(response => response.Name, response => response.Response);
    }

    /// <summary>The first failure is the one to report: what follows it are its consequences.</summary>
    private bool Keep(TargetBuild build, Exception failure)
    {
        lock (_linked)
        {
            _first ??= (build, ExceptionDispatchInfo.Capture(failure));
        }

        return true;
    }

    private async Task<(string Name, IReadOnlyDictionary<string, string> Response)?> RunOneAsync(
        TargetBuild build,
        CancellationTokenSource lifetime)
    {
        try
        {
            return (build.Name, await build.RunAsync(_linked, lifetime.Token));
        }
        catch (OperationCanceledException) when (lifetime.IsCancellationRequested)
        {
            return null;
        }
        catch (LinkedTargetFailedException)
        {
            return null;
        }
        catch (Exception e) when (Keep(build, e))
        {
            if (build.Gap is null)
            {
                await lifetime.CancelAsync();
            }

            // Without a network the others are built as far as they come, so that all that is missing can be named at once.
            _linked.GetValueOrDefault(build.Name)?.SetFailed();
            return null;
        }
    }
}
