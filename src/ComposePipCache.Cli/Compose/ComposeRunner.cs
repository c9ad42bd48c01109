using ComposePipCache.Build;
using ComposePipCache.Build.Engine;
using ComposePipCache.Cli.Commands;
using ComposePipCache.Cli.Errors;
using ComposePipCache.Cli.Plugin;
using ComposePipCache.Cli.Processes;
using ComposePipCache.Cli.Settings;

namespace ComposePipCache.Cli.Compose;

/// <summary>Has compose do what it was asked, with us as its builder where it may build.</summary>
internal sealed class ComposeRunner(CommandServices services)
{
    private static readonly string[] False = ["0", "f", "F", "false", "FALSE", "False"];

    private readonly EnvironmentSnapshot _environment = services.Environment;
    private readonly IProcessHost _processes = services.Processes;

    public async Task<int> RunAsync(DockerCommandLine docker, ComposeCommandLine line)
    {
        var canBuild = line.Verb is { } verb && ComposeOptions.CanBuild(verb);
        var given = PipCacheOptionsReader.Read(
            line.Flags, canBuild ? _environment : new EnvironmentSnapshot([], _environment.CurrentDirectory));
        var exitCode = canBuild && given.IsDisabled is not true
            ? await BuildInterruptiblyAsync(docker, line, given)
            : null;
        return exitCode ?? await _processes.ReplaceAsync(PassOn(docker, line));
    }

    /// <summary>The same call to compose alone, without a trace of us.</summary>
    /// <param name="docker">Docker's part of the command line.</param>
    /// <param name="line">Compose's part.</param>
    /// <param name="more">Words to be added.</param>
    public ProgramStart PassOn(DockerCommandLine docker, ComposeCommandLine line, params IEnumerable<string> more) =>
        Start(docker, [.. line.ComposeWords, .. more]);

    /// <summary>A call to compose alone.</summary>
    public ProgramStart Start(DockerCommandLine docker, IEnumerable<string> words)
    {
        IEnumerable<string> config = docker.ConfigDirectory is { } directory ? ["--config", directory] : [];
        return ComposePlugin.Locate(DockerConfigDirectory.Locate(docker.ConfigDirectory, _environment), _environment)
            .Start([.. docker.Globals, .. config], words, docker.CompletionRequest);
    }

    // Null when the project wants compose alone.
    private async Task<int?> BuildInterruptiblyAsync(
        DockerCommandLine docker, ComposeCommandLine line, PipCacheOptions given)
    {
        await using var socket = CliPluginRelay.Open(_environment);
        using var signals = _processes.HoldSignals(socket.TryClose);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(signals.Requested, socket.Closed);
        try
        {
            var settings = await new EffectiveSettingsReader(_environment, _processes)
                .ReadAsync(docker, line, given, ended.Token);
            if (settings is null)
            {
                return ended.IsCancellationRequested ? ExitCode.Interrupted : null;
            }

            using var announcements = AnnouncementsFile.Reserve(CacheDirectory.Locate(_environment));
            var compose = await PrepareAsync(docker, line.ComposeWords, settings, ended.Token);
            if (ended.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }

            compose = compose with
            {
                Environment = socket.Hand(compose.Environment)
                    .With(AnnouncementsFile.Variable, announcements.Path)
                    .With(AnnouncementsFile.OnlyVariable, IsSilent(line) ? "1" : null),
            };
            var exitCode = await _processes.SuperviseAsync(compose, null, signals, CancellationToken.None);
            Announce(announcements);
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

    /// <summary>With a quiet <c>--progress</c> of compose's own the builder is not told.</summary>
    public bool IsSilent(ComposeCommandLine line) =>
        (line.GlobalValue("--progress") ?? _environment["COMPOSE_PROGRESS"]) == "quiet";

    private void Announce(AnnouncementsFile announcements)
    {
        if (announcements.Read().TrimEnd() is { Length: > 0 } text)
        {
            services.Output.Note(text);
        }
    }

    /// <summary>A call to compose on the overlay, with us as its builder.</summary>
    /// <exception cref="PipCacheException">Compose or the environment does not allow it.</exception>
    public async Task<ProgramStart> PrepareAsync(
        DockerCommandLine docker,
        IEnumerable<string> words,
        BuilderSettings settings,
        CancellationToken cancellationToken)
    {
        if (_environment["DOCKER_BUILDKIT"] is { } buildKit && False.Contains(buildKit))
        {
            throw new PipCacheException(CliErrors.ClassicBuilder(buildKit));
        }

        var cache = CacheDirectory.Locate(_environment);
        var source = DockerConfigDirectory.Locate(docker.ConfigDirectory, _environment);
        var overlay = new ConfigOverlay(cache, Environment.ProcessPath!).Refresh(source);
        var file = SettingsFile.Write(cache, settings with
        {
            CacheDirectory = cache,
            DockerConfig = docker.ConfigDirectory is null ? null : source.Path,
        });
        var child = _environment
            .With("COMPOSE_BAKE", "1") // 2.31 to 2.36 ask for it, 2.37 to 2.40 may have been told otherwise
            .With(SettingsFile.Variable, file);
        var compose = ComposePlugin.Locate(source, child);
        await new ComposeVersionCheck(cache, _processes).RequireAsync(compose, cancellationToken);
        return compose.Start([.. docker.Globals, "--config", overlay], words);
    }
}
