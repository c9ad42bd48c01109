using ComposePipCache.Build;
using ComposePipCache.Build.Engine;
using ComposePipCache.Build.Fetch;
using ComposePipCache.Cli.Compose;
using ComposePipCache.Cli.Errors;
using ComposePipCache.Cli.Plugin;
using ComposePipCache.Cli.Processes;
using ComposePipCache.Cli.Settings;

namespace ComposePipCache.Cli.Commands.Fetch;

/// <summary>One run of <c>fetch</c>: what compose pulls, what it builds, and what there is in the end.</summary>
internal sealed class FetchRun
{
    private const string PlatformVariable = "DOCKER_DEFAULT_PLATFORM";

    private readonly CommandServices _services;
    private readonly FetchOptions _options;
    private readonly ComposeRunner _compose;

    public FetchRun(CommandServices services, FetchOptions options)
    {
        _options = options;
        // Compose takes it for services that name none, when it pulls as well as when it builds.
        _services = options.Platform is { } platform
            ? services with { Environment = services.Environment.With(PlatformVariable, platform) }
            : services;
        _compose = new ComposeRunner(_services);
    }

    public async Task<int> RunAsync()
    {
        await using var socket = CliPluginRelay.Open(_services.Environment);
        using var signals = _services.Processes.HoldSignals(socket.TryClose);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(signals.Requested, socket.Closed);
        try
        {
            var exitCode = await RunAsync(new FetchChildren(_services, _options.IsJson, socket, signals), ended.Token);
            return ended.IsCancellationRequested ? ExitCode.Interrupted : exitCode;
        }
        catch (Exception error)
            when (ended.IsCancellationRequested && error is PipCacheException or OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    private async Task<int> RunAsync(FetchChildren children, CancellationToken cancellationToken)
    {
        if (ComposeFiles.Locate(_services.Line, _services.Environment).Paths.Contains(ComposeFiles.StandardInput))
        {
            throw new PipCacheException(CliErrors.FetchStandardInput);
        }

        var settings = ReadSettingsAsync(cancellationToken);
        var model = await _services.Processes.CaptureAsync(Config("--format", "yaml"), cancellationToken);
        var builder = await settings;
        if (model.ExitCode != 0)
        {
            // Compose says by itself what is wrong with the project.
            var exitCode = await children.RunAsync(Config("--quiet"));
            return exitCode == 0 ? ExitCode.Failed : exitCode;
        }

        var plan = FetchPlan.Of(
            ModelReader.Parse(model.StandardOutput), _services.Environment[PlatformVariable]);
        var docker = DockerConfigDirectory.Locate(_services.Docker.ConfigDirectory, _services.Environment);
        var config = docker.ReadUsableConfigFile();
        var endpoint = new EngineEndpointResolver(docker, config, _services.Environment)
            .Resolve(_services.Docker.Engine());
        using var dialer = EngineDialer.Create(endpoint, _services.Environment, TimeProvider.System);
        using var engine = new EngineApi(dialer, config.HttpHeaders);
        using var credentials = new RegistryCredentials(config, _services.Environment);
        var retries = builder.Retries ?? PipSettings.DefaultRetries;
        var puller = new ImagePuller(engine, credentials, retries, TimeProvider.System);
        var store = new ImageStore(engine, puller);
        return await FetchAsync(plan, builder, store, children, cancellationToken);
    }

    private ProgramStart Config(params string[] options) => _compose.Start(
        _services.Docker, [.. _services.Line.Globals, "config", .. options, .. _options.Services]);

    private async Task<BuilderSettings> ReadSettingsAsync(CancellationToken cancellationToken)
    {
        var refused = _services.Line.Flags.FirstOrDefault(use => FetchCommand.Refused.Contains(use.Flag.Name));
        if (refused is { Flag: { } flag })
        {
            throw new PipCacheException(CliErrors.FetchOffline($"--{flag.Name}"));
        }

        var given = PipCacheOptionsReader.Read(_services.Line.Flags, _services.Environment);
        var settings = await new EffectiveSettingsReader(_services.Environment, _services.Processes)
            .ReadAsync(_services.Docker, _services.Line, given, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return settings is null
            ? throw new PipCacheException(CliErrors.FetchDisabled)
            // Who fetches has a network, whatever is set for other builds.
            : settings with { Offline = settings.Offline == true ? null : settings.Offline, Fetch = true };
    }

    private async Task<int> FetchAsync(
        FetchPlan plan,
        BuilderSettings settings,
        ImageStore store,
        FetchChildren children,
        CancellationToken cancellationToken)
    {
        var cache = CacheDirectory.Locate(_services.Environment);
        var wheelhouse = Path.Combine(cache, "wheelhouse");
        var wheels = FetchedWheels.Count(wheelhouse);
        var pulls = new ServicePulls(_services, _compose, store, settings.Refresh == true);
        var images = _options.IsDryRun
            ? await store.LookAsync(plan.Images, cancellationToken)
            : await pulls.RunAsync(plan.Images, children, cancellationToken);
        using var report = AnnouncementsFile.Reserve(cache);
        var build = await BuildAsync(plan, settings, report.Path, children, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var document = FetchResult.Document(_options, plan, images, FetchReport.Read(report.Path), build) with
        {
            Wheels = _options.IsDryRun ? null : FetchedWheels.Between(wheels, FetchedWheels.Count(wheelhouse)),
        };
        return FetchResult.Show(_services.Output, _options, document, build.Failure);
    }

    /// <summary>Whether all was built that was to be, and else why not, where nobody has said so yet.</summary>
    private async Task<(bool IsDone, PipCacheException? Failure)> BuildAsync(
        FetchPlan plan,
        BuilderSettings settings,
        string report,
        FetchChildren children,
        CancellationToken cancellationToken)
    {
        var names = plan.Built.Select(service => service.Name).ToList();
        if (names.Count == 0)
        {
            return (true, null);
        }

        try
        {
            if (_options.IsDryRun || _options.IsWithoutBuilding)
            {
                var mode = _options.IsDryRun ? FetchMode.Look : FetchMode.WithoutBuilding;
                var builder = new HeadlessBuild(_services);
                return (await builder.RunAsync(names, settings, mode, report, cancellationToken) == 0, null);
            }

            var compose = await _compose.PrepareAsync(
                _services.Docker, [.. _services.Line.Globals, "build", .. names], settings, cancellationToken);
            return (await children.BuildAsync(compose, report) == 0, null);
        }
        catch (PipCacheException error) when (!cancellationToken.IsCancellationRequested)
        {
            return (false, error);
        }
    }
}
