using System.Text;
using ComposePipCache.Build.Engine;
using ComposePipCache.Build.Fetch;
using ComposePipCache.BuildKit.Connection;
using ComposePipCache.BuildKit.Errors;
using ComposePipCache.BuildKit.Progress;
using ComposePipCache.BuildKit.Session;
using ComposePipCache.Wheelhouse.Errors;
using ComposePipCache.Wheelhouse.Pruning;

namespace ComposePipCache.Build.Bake;

/// <summary>Compose's builder: reads a build definition from stdin and builds it through BuildKit.</summary>
public static class BakeCommand
{
    private const int Failed = 1;

    /// <summary>Whether this command line asks for a build from stdin; everything else is the real buildx's.</summary>
    /// <param name="arguments">What follows docker's global options.</param>
    public static bool CanServe(IReadOnlyList<string> arguments) =>
        arguments is ["bake", ..] && BakeArguments.TryParse([.. arguments.Skip(1)]) is not null;

    /// <summary>Builds and returns the exit code; build failures are written to the error stream as buildx does.</summary>
    /// <exception cref="PipCacheException">Anything else the user can act on.</exception>
    public static async Task<int> RunAsync(BakeInvocation invocation, CancellationToken cancellationToken)
    {
        var arguments = BakeArguments.TryParse([.. invocation.Arguments.Skip(1)])
            ?? throw BakeErrors.NotJson("the builder was not asked to build from stdin");
        using var input = new MemoryStream();
        await invocation.StandardInput.CopyToAsync(input, cancellationToken);
        var definition = input.ToArray();
        var file = BakeFileParser.Parse(definition);
        if (file.Targets.Values.Any(target => target.Call.Length > 0) && invocation.RunBuildxAsync is { } runBuildxAsync)
        {
            return await runBuildxAsync(definition, cancellationToken);
        }

        var links = new TargetLinks(file, arguments.Targets is [] or ["default"] ? file.Requested : arguments.Targets);
        Support.Check(links.Targets, arguments);
        try
        {
            var responses = await BuildAsync(invocation, arguments, links, cancellationToken);
            if (arguments.MetadataFile is { } path)
            {
                MetadataFile.Write(path, responses);
            }

            return 0;
        }
        catch (Exception e) when (EngineFailures.Find(e) is { } text)
        {
            throw new PipCacheException(text, e);
        }
        catch (TargetFailedException failure) when (failure.InnerException is BuildKitException inner)
        {
            await WriteErrorAsync(invocation, SolveErrorText.Render(inner, failure.Target) + failure.Advice);
            return Failed;
        }
    }

    private static async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> BuildAsync(
        BakeInvocation invocation,
        BakeArguments arguments,
        TargetLinks links,
        CancellationToken cancellationToken)
    {
        var configuration = DockerConfigDirectory.Locate(null, invocation.Environment);
        var configFile = configuration.ReadUsableConfigFile();
        var endpoint = new EngineEndpointResolver(configuration, configFile, invocation.Environment)
            .Resolve(invocation.Engine);
        new BuilderSelection(configuration, invocation.Environment).RequireEngine(arguments.Builder, endpoint);
        using var dialer = EngineDialer.Create(endpoint, invocation.Environment, invocation.TimeProvider);
        await using var connection = new BuildKitConnection(dialer.DialAsync, invocation.Timeouts, invocation.TimeProvider);
        await using var host = await SessionHost.StartAsync(invocation.Loggers, cancellationToken);
        using var credentials = new RegistryCredentials(configFile, invocation.Environment);
        var nodeId = BuildxNode.ReadId(configuration, invocation.Environment, invocation.CacheDirectory);
        await using var sessions = new SessionPool(host, connection, new DaemonCredentials(credentials), nodeId);
        using var progress = arguments.Progress == "quiet" ? null : new SolveStatusWriter(invocation.StandardError);
        using var pip = PipServicesFactory.Create(invocation, progress, links.Targets);
        using var engine = new EngineApi(dialer, configFile.HttpHeaders);
        using var report = new FetchReport(invocation.Pip.FetchReport);
        var services = new BuildServices
        {
            Pip = pip,
            Images = invocation.Pip.Fetch == FetchMode.None
                ? null
                : new ImageFetch(
                    engine,
                    new ImagePuller(engine, credentials, invocation.Pip.Retries, invocation.TimeProvider),
                    report,
                    invocation.Pip,
                    invocation.TimeProvider),
            FetchReport = report,
            Connection = connection,
            Worker = new BuildWorker(connection),
            Sessions = sessions,
            InlineDockerfiles = new InlineDockerfiles(invocation.CacheDirectory),
            Environment = invocation.Environment,
            WorkingDirectory = invocation.WorkingDirectory,
            Progress = progress,
        };
        var startedAt = invocation.TimeProvider.GetUtcNow();
        var responses = await new BakeBuild(services, links).RunAsync(cancellationToken);
        await KeepSizeAsync(pip, startedAt, cancellationToken);
        return responses;
    }

    /// <summary>Removes what was not used longest, where the user has set a limit.</summary>
    private static async Task KeepSizeAsync(PipServices pip, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        try
        {
            if (SizeLimit.Keep(pip.Store, pip.Settings.MaxSize, startedAt, cancellationToken) is { } result)
            {
                await pip.Announcer.SayAsync("wheelhouse", result.Text);
            }
        }
        catch (WheelhouseException failure)
        {
            // The images are built.
            await pip.Announcer.SayAsync("wheelhouse", $"its size could not be kept: {failure.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static async Task WriteErrorAsync(BakeInvocation invocation, string text)
    {
        await invocation.StandardError.WriteAsync(Encoding.UTF8.GetBytes(text), CancellationToken.None);
        await invocation.StandardError.FlushAsync(CancellationToken.None);
    }
}
