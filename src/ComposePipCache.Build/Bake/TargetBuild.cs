using System.Security.Cryptography;
using ComposePipCache.BuildKit.Control;
using ComposePipCache.BuildKit.Gateway;
using ComposePipCache.BuildKit.Progress;
using ComposePipCache.BuildKit.Session;
using ComposePipCache.Protocol.Gateways;

namespace ComposePipCache.Build.Bake;

/// <summary>The life of one target: load the graph, solve it, export the image.</summary>
internal sealed class TargetBuild
{
    private const string HostGatewayLabel = "org.mobyproject.buildkit.worker.moby.host-gateway-ip";
    private const string SyntaxArgument = "BUILDKIT_SYNTAX";

    private readonly BuildServices _services;
    private readonly BakeTarget _target;
    private readonly TargetLinks _links;
    private readonly BuildSession _session;
    private readonly Dictionary<string, string> _options;

    private TargetBuild(
        BuildServices services,
        BakeTarget target,
        TargetLinks links,
        (BuildSession Session, Dictionary<string, string> Options) prepared)
    {
        _services = services;
        _target = target;
        _links = links;
        (_session, _options) = prepared;
    }

    public string Name => _target.Name;

    /// <summary>Checks the target's inputs and opens its session.</summary>
    public static async Task<TargetBuild> PrepareAsync(
        BuildServices services,
        BakeTarget target,
        TargetLinks links,
        CancellationToken cancellationToken)
    {
        var sources = TargetSources.Locate(target, services.InlineDockerfiles, services.WorkingDirectory);
        var gateway = FrontendOptions.NeedsHostGateway(target)
            ? await FindHostGatewayAsync(services, target, cancellationToken)
            : null;
        var options = FrontendOptions.For(target, gateway);
        foreach (var (key, value) in sources.Options)
        {
            options[key] = value;
        }

        var session = await services.Sessions.OpenAsync(target, sources, services.Environment, cancellationToken);
        return new TargetBuild(services, target, links, (session, options));
    }

    /// <summary>Builds and exports; returns what the exporter reported.</summary>
    public async Task<IReadOnlyDictionary<string, string>> RunAsync(
        IReadOnlyDictionary<string, LinkedTarget> linked,
        CancellationToken cancellationToken)
    {
        var solve = await CreateSolveAsync(linked, cancellationToken);
        var request = new BuildRequest
        {
            Ref = RandomNumberGenerator.GetString("0123456789abcdefghijklmnopqrstuvwxyz", 25),
            SessionId = _session.Id,
            Exporter = ExporterChoice.For(_target),
            FrontendAttributes = _options,
            CacheImports = FrontendOptions.CacheImports(_target),
            Entitlements = FrontendOptions.Entitlements(_target),
        };
        using var following = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var progress = FollowAsync(request.Ref, following.Token);
        try
        {
            return await new GatewayBuild(_services.Connection).RunAsync(
                request, (gateway, token) => SolveAsync(gateway, solve, linked, token), cancellationToken);
        }
        finally
        {
            // The daemon ends the stream by itself once it has told everything.
            following.CancelAfter(_services.Connection.Timeouts.Farewell);
            await progress;
        }
    }

    private static async Task<string> FindHostGatewayAsync(
        BuildServices services,
        BakeTarget target,
        CancellationToken cancellationToken)
    {
        var workers = await new BuildKitControl(services.Connection).ListWorkersAsync(cancellationToken);
        return workers.Select(worker => worker.Labels.GetValueOrDefault(HostGatewayLabel)).FirstOrDefault(ip => ip is not null)
            ?? throw BakeErrors.Unsupported(target.Name, "extra-hosts", "host-gateway: the engine does not tell its address");
    }

    private async Task<SolveRequest> CreateSolveAsync(
        IReadOnlyDictionary<string, LinkedTarget> linked,
        CancellationToken cancellationToken)
    {
        var solve = new SolveRequest { Frontend = "dockerfile.v0", FrontendOpt = { _options } };
        if (_target.Args.TryGetValue(SyntaxArgument, out var syntax))
        {
            solve.Frontend = "gateway.v0";
            solve.FrontendOpt["source"] = syntax.Split(' ')[0];
            solve.FrontendOpt["cmdline"] = syntax;
        }

        var imports = FrontendOptions.CacheImports(_target);
        if (imports.Count > 0)
        {
            solve.FrontendOpt["cache-imports"] = FrontendOptions.CacheImportsOption(imports);
        }

        foreach (var (context, target) in _links.ContextsOf(Name))
        {
            LinkedContexts.Add(solve, context, target, await linked[target].Solved.WaitAsync(cancellationToken));
        }

        return solve;
    }

    private async Task<Result> SolveAsync(
        GatewayClient gateway,
        SolveRequest solve,
        IReadOnlyDictionary<string, LinkedTarget> linked,
        CancellationToken cancellationToken)
    {
        await gateway.PingAsync(cancellationToken);
        var result = await gateway.SolveAsync(solve, cancellationToken);
        foreach (var target in _links.ContextsOf(Name).Values)
        {
            // Its steps run through its own session; until then this build would fail on its directories.
            await linked[target].Evaluated.WaitAsync(cancellationToken);
        }

        if (linked.TryGetValue(Name, out var self))
        {
            self.SetSolved(result);
            await EvaluateAsync(gateway, result, cancellationToken);
            self.SetEvaluated();
        }

        return result;
    }

    private static async Task EvaluateAsync(GatewayClient gateway, Result result, CancellationToken cancellationToken)
    {
        if (result.Ref is { Id.Length: > 0 } single)
        {
            await gateway.EvaluateAsync(single.Id, cancellationToken);
        }
    }

    private async Task FollowAsync(string buildRef, CancellationToken cancellationToken)
    {
        if (_services.Progress is not { } progress)
        {
            return;
        }

        var prefix = _links.Targets.Count > 1 ? Name : null;
        try
        {
            await BuildProgress.FollowAsync(
                _services.Connection,
                buildRef,
                status => progress.WriteAsync(status, prefix, CancellationToken.None),
                cancellationToken);
        }
        catch (Exception e) when (e is BuildKit.Errors.BuildKitException or OperationCanceledException)
        {
            // The build's own call tells what went wrong; progress alone is never the reason to fail.
        }
    }
}
