using ComposePipCache.Build;
using ComposePipCache.Build.Engine;
using ComposePipCache.Cli.Errors;
using ComposePipCache.Cli.Plugin;
using ComposePipCache.Cli.Processes;
using ComposePipCache.Cli.Settings;

namespace ComposePipCache.Cli.Compose;

/// <summary>Has compose do what it was asked, with us as its builder where it may build.</summary>
internal sealed class ComposeRunner(EnvironmentSnapshot environment, IProcessHost processes)
{
    private static readonly string[] False = ["0", "f", "F", "false", "FALSE", "False"];

    public async Task<int> RunAsync(DockerCommandLine docker, ComposeCommandLine line)
    {
        var canBuild = line.Verb is { } verb && ComposeOptions.CanBuild(verb);
        var options = PipCacheOptionsReader.Read(
            line.Flags, canBuild ? environment : new EnvironmentSnapshot([], environment.CurrentDirectory));
        return canBuild && !options.IsDisabled
            ? await BuildInterruptiblyAsync(docker, line, options)
            : await processes.ReplaceAsync(PassOn(docker, line));
    }

    /// <summary>The same call to compose alone, without a trace of us.</summary>
    /// <param name="docker">Docker's part of the command line.</param>
    /// <param name="line">Compose's part.</param>
    /// <param name="more">Words to be added.</param>
    public ProgramStart PassOn(DockerCommandLine docker, ComposeCommandLine line, params IEnumerable<string> more)
    {
        IEnumerable<string> config = docker.ConfigDirectory is { } directory ? ["--config", directory] : [];
        return ComposePlugin.Locate(DockerConfigDirectory.Locate(docker.ConfigDirectory, environment), environment)
            .Start([.. docker.Globals, .. config], [.. line.ComposeWords, .. more], docker.CompletionRequest);
    }

    private async Task<int> BuildInterruptiblyAsync(
        DockerCommandLine docker, ComposeCommandLine line, PipCacheOptions options)
    {
        await using var socket = CliPluginRelay.Open(environment);
        using var signals = processes.HoldSignals(socket.TryClose);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(signals.Requested, socket.Closed);
        try
        {
            var compose = await PrepareAsync(docker, line, options, ended.Token);
            if (ended.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }

            compose = compose with { Environment = socket.Hand(compose.Environment) };
            var exitCode = await processes.SuperviseAsync(compose, null, signals, CancellationToken.None);
            // A compose that has not come as far as the socket was ended by the signal itself: no answer of its own.
            return exitCode > ExitCode.Signalled && signals.Requested.IsCancellationRequested && socket.IsUnseen
                ? ExitCode.Interrupted
                : exitCode;
        }
        catch (Exception error)
            when (ended.IsCancellationRequested && error is PipCacheException or OperationCanceledException)
        {
            // What was started to look at compose has had the signal as well.
            return ExitCode.Interrupted;
        }
    }

    private async Task<ProgramStart> PrepareAsync(
        DockerCommandLine docker,
        ComposeCommandLine line,
        PipCacheOptions options,
        CancellationToken cancellationToken)
    {
        if (environment["DOCKER_BUILDKIT"] is { } buildKit && False.Contains(buildKit))
        {
            throw new PipCacheException(CliErrors.ClassicBuilder(buildKit));
        }

        var cache = CacheDirectory.Locate(environment);
        var source = DockerConfigDirectory.Locate(docker.ConfigDirectory, environment);
        var overlay = new ConfigOverlay(cache, Environment.ProcessPath!).Refresh(source);
        var settings = SettingsFile.Write(cache, BuilderSettings.From(
            options, docker.ConfigDirectory is null ? null : source.Path, environment.FullPath));
        var child = environment
            .With("COMPOSE_BAKE", "1") // 2.31 to 2.36 ask for it, 2.37 to 2.40 may have been told otherwise
            .With(SettingsFile.Variable, settings);
        var compose = ComposePlugin.Locate(source, child);
        await new ComposeVersionCheck(cache, processes).RequireAsync(compose, cancellationToken);
        return compose.Start([.. docker.Globals, "--config", overlay], line.ComposeWords);
    }
}
