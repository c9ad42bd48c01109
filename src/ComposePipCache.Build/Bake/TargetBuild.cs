using System.Security.Cryptography;
using ComposePipCache.Build.Fallback;
using ComposePipCache.Build.Fetch;
using ComposePipCache.Build.Passes;
using ComposePipCache.BuildKit.Gateway;
using ComposePipCache.BuildKit.Llb;
using ComposePipCache.BuildKit.Progress;
using ComposePipCache.Protocol.Gateways;

namespace ComposePipCache.Build.Bake;

/// <summary>The life of one target: load the graph, solve it, export the image.</summary>
internal sealed class TargetBuild
{
    private readonly BuildServices _services;
    private readonly BakeTarget _target;
    private readonly TargetLinks _links;
    private readonly TargetSources _sources;
    private readonly TargetSession _session;
    private readonly Dictionary<string, string> _options;
    private readonly TargetSteps _steps;
    private readonly TargetProgress _progress;
    private readonly SyntaxFallback _syntax;
    private readonly TargetImages? _images;
    private LlbGraph? _graph;

    private TargetBuild(
        BuildServices services,
        BakeTarget target,
        TargetLinks links,
        (TargetSources Sources, TargetSession Session, Dictionary<string, string> Options) prepared)
    {
        _services = services;
        _target = target;
        _links = links;
        (_sources, _session, _options) = prepared;
        _steps = new TargetSteps(services.Pip, target.Name, _session.Doorbell);
        _syntax = new SyntaxFallback(
            _sources.DockerfilePath,
            services.Pip.Settings.IsOffline,
            FrontendRequest.SyntaxOf(target)?.Split(' ')[0]);
        _syntax.Prepare(_options);
        var prefix = links.Targets.Count > 1 ? target.Name : null;
        _progress = new TargetProgress(services.Progress, prefix, services.Pip.Clock);
        _images = services.Images is null ? null : new TargetImages(services, target, _syntax, _options, _progress);
        _images?.Prepare();
    }

    public string Name => _target.Name;

    /// <summary>What to tell the user after the daemon's message; null where that says it all.</summary>
    public string? Advice => _steps.Advice;

    /// <summary>What the target lacks that was to be built without the network; null where that is not why it failed.</summary>
    public string? Gap { get; private set; }

    /// <summary>Whether no image is to come of it.</summary>
    private bool IsWithoutBuilding => _services.Pip.Settings.Fetch is FetchMode.WithoutBuilding or FetchMode.Look;

    /// <summary>Checks the target's inputs and opens its session.</summary>
    public static async Task<TargetBuild> PrepareAsync(
        BuildServices services,
        BakeTarget target,
        TargetLinks links,
        CancellationToken cancellationToken)
    {
        var sources = TargetSources.Locate(target, services.InlineDockerfiles, services.WorkingDirectory);
        var gateway = FrontendOptions.NeedsHostGateway(target)
            ? await services.Worker.FindHostGatewayAsync(cancellationToken)
                ?? throw BakeErrors.Unsupported(target.Name, "extra-hosts", "host-gateway: the engine does not tell its address")
            : null;
        var options = FrontendOptions.For(target, gateway);
        foreach (var (key, value) in sources.Options)
        {
            options[key] = value;
        }

        if (services.Pip.Settings.IsOffline == true)
        {
            // A pull would only fail: what is in the image store is all there is.
            options["image-resolve-mode"] = "local";
        }

        var session = await services.Sessions.OpenAsync(target, sources, services.Environment, cancellationToken);
        return new TargetBuild(services, target, links, (sources, session, options));
    }

    /// <summary>Builds and exports, in as many attempts as it takes; returns what the exporter reported.</summary>
    public async Task<IReadOnlyDictionary<string, string>> RunAsync(
        IReadOnlyDictionary<string, LinkedTarget> linked,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var response = await AttemptAsync(linked, cancellationToken);
                await _progress.EndAttemptAsync(isFinal: true);
                return response;
            }
            catch (Exception e)
            {
                var isFinal = cancellationToken.IsCancellationRequested || !await MoveOnAsync(e, cancellationToken);
                await _progress.EndAttemptAsync(isFinal);
                if (isFinal)
                {
                    throw;
                }
            }
        }
    }

    private async Task<IReadOnlyDictionary<string, string>> AttemptAsync(
        IReadOnlyDictionary<string, LinkedTarget> linked,
        CancellationToken cancellationToken)
    {
        await (_images?.EnsureFrontendAsync(cancellationToken) ?? Task.CompletedTask);
        var solve = await FrontendRequest.CreateAsync(
            _target, _options, _links.ContextsOf(Name), linked, cancellationToken);
        var request = new BuildRequest
        {
            Ref = RandomNumberGenerator.GetString("0123456789abcdefghijklmnopqrstuvwxyz", 25),
            SessionId = _session.Id,
            Exporter = IsWithoutBuilding ? null : ExporterChoice.For(_target),
            FrontendAttributes = _options,
            CacheImports = FrontendOptions.CacheImports(_target),
            Entitlements = FrontendOptions.Entitlements(_target),
        };
        using var following = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var progress = FollowAsync(request.Ref, following.Token);
        try
        {
            return await new GatewayBuild(_services.Connection).RunAsync(
                request, (gateway, token) => SolveAsync(gateway, (solve, request.Ref), linked, token), cancellationToken);
        }
        finally
        {
            // The daemon ends the stream by itself once it has told everything.
            following.CancelAfter(_services.Connection.Timeouts.Farewell);
            await progress;
            _steps.Close();
        }
    }

    /// <summary>Whether there is another attempt to make; waits until it may begin.</summary>
    private async Task<bool> MoveOnAsync(Exception failure, CancellationToken cancellationToken)
    {
        if (_syntax.TryLeave(failure, _options) is { } announcement)
        {
            await _services.Pip.Announcer.SayAsync(Name, announcement);
            return true;
        }

        if (await _steps.MoveOnAsync(cancellationToken))
        {
            return true;
        }

        Gap = _services.Pip.Settings.IsOffline == true ? _steps.Gap ?? OfflineGap.Of(failure, _graph) : null;
        return false;
    }

    private async Task<Result> SolveAsync(
        GatewayClient gateway,
        (SolveRequest Solve, string BuildName) build,
        IReadOnlyDictionary<string, LinkedTarget> linked,
        CancellationToken cancellationToken)
    {
        await gateway.PingAsync(cancellationToken);
        // Asked beside the frontend's work, which takes longer.
        var canShareReadOnly = _services.Worker.CanShareReadOnlyAsync(cancellationToken);
        if (await LoadGraphAsync(gateway, build.Solve, cancellationToken) is not { } loaded)
        {
            linked.GetValueOrDefault(Name)?.SetFailed();
            return new Result();
        }

        var plan = Plan(loaded, build.BuildName, await canShareReadOnly);
        if (_images?.IsLook == true)
        {
            return await LookAsync(loaded, plan, linked.GetValueOrDefault(Name), cancellationToken);
        }

        var result = plan is { Steps.Count: > 0 }
            ? await LoadAsync(gateway, loaded, plan, cancellationToken)
            : loaded;
        foreach (var target in _links.ContextsOf(Name).Values)
        {
            // Its steps run through its own session; until then this build would fail on its directories.
            await linked[target].Evaluated.WaitAsync(cancellationToken);
        }

        var self = linked.GetValueOrDefault(Name);
        if (plan is not { Steps.Count: > 0 })
        {
            self?.SetSolved(result);
        }

        await EvaluateAsync(gateway, result, plan, isNeeded: self is not null, cancellationToken);
        // Others get the graph that worked: a step may have been served otherwise in an attempt that failed.
        self?.SetSolved(result);
        self?.SetEvaluated();
        // The daemon evaluates whatever a build returns.
        return IsWithoutBuilding ? new Result() : result;
    }

    private async Task<Result?> LoadGraphAsync(
        GatewayClient gateway, SolveRequest solve, CancellationToken cancellationToken) => _images is null
        ? await gateway.SolveAsync(solve, cancellationToken)
        : await _images.LoadAsync(() => gateway.SolveAsync(solve, cancellationToken), cancellationToken);

    private PipPlan? Plan(Result loaded, string buildName, bool canShareReadOnly)
    {
        if (loaded.Ref is not { Def: { } definition } || _services.Pip.Settings.DisabledTargets.Contains(Name))
        {
            return null;
        }

        var plan = _steps.Plan(LlbGraph.Decode(definition), new PipPassOptions
        {
            Directories = _sources.Directories,
            BuildName = buildName,
            Scope = _services.Pip.Scope,
            CanShareReadOnly = canShareReadOnly,
        });
        _graph = plan.Graph;
        foreach (var left in plan.LeftAlone.Where(left => left.NeedsIndex))
        {
            _progress.OnRun(left.Step, () => _services.Pip.Announcer.SayAsync(Name, $"not served: {left.Reason}"));
        }

        return plan;
    }

    /// <summary>Tells what is known, and leaves the daemon as it is.</summary>
    private async Task<Result> LookAsync(
        Result loaded, PipPlan? plan, LinkedTarget? self, CancellationToken cancellationToken)
    {
        var look = new StepLook(_services.Pip, _services.FetchReport, Name);
        await look.ReportAsync(plan?.Steps ?? [], cancellationToken);
        self?.SetSolved(loaded);
        self?.SetEvaluated();
        return new Result();
    }

    /// <summary>Hands the rewritten graph to the daemon; image configuration and labels stay the frontend's.</summary>
    private static async Task<Result> LoadAsync(
        GatewayClient gateway, Result loaded, PipPlan plan, CancellationToken cancellationToken)
    {
        var request = new SolveRequest { Definition = plan.Graph.Encode() };
        var result = await gateway.SolveAsync(request, cancellationToken);
        result.Metadata.Add(loaded.Metadata);
        return result;
    }

    private async Task EvaluateAsync(
        GatewayClient gateway, Result result, PipPlan? plan, bool isNeeded, CancellationToken cancellationToken)
    {
        if (result.Ref is not { Id.Length: > 0 } single)
        {
            return;
        }

        if (IsWithoutBuilding && !isNeeded)
        {
            await (plan is null ? Task.CompletedTask : _steps.PrepareAsync(plan, gateway, _progress, cancellationToken));
        }
        else if (plan is { Steps.Count: > 0 })
        {
            await _steps.EvaluateAsync(plan, gateway, single.Id, _progress, cancellationToken);
        }
        else if (isNeeded)
        {
            await gateway.EvaluateAsync(single.Id, cancellationToken);
        }
    }

    private async Task FollowAsync(string buildRef, CancellationToken cancellationToken)
    {
        try
        {
            await BuildProgress.FollowAsync(
                _services.Connection,
                buildRef,
                _progress.WriteAsync,
                cancellationToken);
        }
        catch (Exception e) when (e is BuildKit.Errors.BuildKitException or OperationCanceledException)
        {
            // The build's own call tells what went wrong; progress alone is never the reason to fail.
        }
    }
}
