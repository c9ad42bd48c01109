using ComposePipCache.Build;
using ComposePipCache.Cli.Plugin;
using ComposePipCache.Cli.Processes;
using ComposePipCache.Cli.Settings;
using ComposePipCache.Cli.Settings.Yaml;

namespace ComposePipCache.Cli.Compose;

/// <summary>
/// Settles what holds: the command line before the environment, then the project, then the user's own file.
/// </summary>
internal sealed class EffectiveSettingsReader(EnvironmentSnapshot environment, IProcessHost processes)
{
    /// <summary>What the builder is to know; null when nothing at all is to be built by us.</summary>
    public async Task<BuilderSettings?> ReadAsync(
        DockerCommandLine docker, ComposeCommandLine line, PipCacheOptions given, CancellationToken cancellationToken)
    {
        var project = await new ProjectSettingsReader(environment, processes)
            .ReadAsync(docker, line, cancellationToken);
        var options = given.Over(project.Options).Over(UserConfig.Read(environment));
        var isDisabled = options.IsDisabled is true;
        if (isDisabled && !project.Services.Any(service => service.IsEnabled is true))
        {
            return null;
        }

        foreach (var folder in options.FindLinks ?? [])
        {
            folder.Require();
        }

        return BuilderSettings.From(options, [.. project.Disabled(isDisabled).Select(service => service.Target)]);
    }
}
