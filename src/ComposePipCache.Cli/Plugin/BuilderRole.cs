using ComposePipCache.Build;
using ComposePipCache.Build.Bake;
using ComposePipCache.Cli.Output;
using ComposePipCache.Cli.Processes;
using ComposePipCache.Cli.Settings;

namespace ComposePipCache.Cli.Plugin;

/// <summary>What we are when compose starts us under the name of buildx.</summary>
internal sealed class BuilderRole(EnvironmentSnapshot environment, IProcessHost processes, IOutput output)
{
    public async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var settings = environment[SettingsFile.Variable] is { } path ? SettingsFile.Read(path) : new BuilderSettings();
        // Compose does not tell its builder of `docker --config`; our settings do.
        var configured = settings.DockerConfig is { } directory
            ? environment.With("DOCKER_CONFIG", directory)
            : environment;
        if (!BakeCommand.CanServe(arguments))
        {
            return await processes.ReplaceAsync(RealBuildx.Start(arguments, configured));
        }

        using var lifetime = new BuilderLifetime(TimeProvider.System);
        await using var input = StandardStreams.Input;
        await using var error = StandardStreams.Error;
        var invocation = new BakeInvocation
        {
            Arguments = arguments,
            StandardInput = input,
            StandardError = error,
            Environment = configured,
            Pip = settings.ToPipSettings(environment[AnnouncementsFile.Variable]) with
            {
                FetchReport = environment[AnnouncementsFile.FetchVariable],
                IsProgressHidden = environment[AnnouncementsFile.OnlyVariable] is not null,
            },
            WorkingDirectory = configured.CurrentDirectory,
            CacheDirectory = settings.CacheDirectory ?? CacheDirectory.Locate(configured),
            RunBuildxAsync = (definition, token) =>
                processes.SuperviseAsync(RealBuildx.Start(arguments, configured), definition, null, token),
        };
        var exitCode = await lifetime.RunAsync(configured, token => BakeCommand.RunAsync(invocation, token));
        if (exitCode == ExitCode.Interrupted)
        {
            // A compose that was interrupted as well shows none of this.
            output.Note("ERROR: the build was interrupted");
        }

        return exitCode;
    }
}
