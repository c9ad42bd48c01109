using ComposePipCache.Build;
using ComposePipCache.Build.Engine;
using ComposePipCache.Cli.Plugin;
using ComposePipCache.Cli.Processes;
using ComposePipCache.Cli.Settings;
using ComposePipCache.Cli.Settings.Yaml;

namespace ComposePipCache.Cli.Compose;

/// <summary>Reads <c>x-pipcache</c> out of a project's compose files.</summary>
/// <remarks>
/// Only compose knows what its files mean together, and it takes a process to ask; so it is asked only where the text
/// of a file shows that there may be something to learn.
/// </remarks>
internal sealed class ProjectSettingsReader(EnvironmentSnapshot environment, IProcessHost processes)
{
    public async Task<ProjectSettings> ReadAsync(
        DockerCommandLine docker, ComposeCommandLine line, CancellationToken cancellationToken)
    {
        var files = ComposeFiles.Locate(line, environment);
        var holders = files.Paths.Where(ComposeText.MayHoldSettings).ToArray();
        if (holders is [])
        {
            return ProjectSettings.None;
        }

        // With every profile, since a service may be named whose profile is off; such a project need not be whole.
        var model = await AskAsync(docker, line, ["--profile", "*"], cancellationToken)
            ?? await AskAsync(docker, line, [], cancellationToken);
        if (model is null)
        {
            return ProjectSettings.None; // compose fails for the same reason when it is to build, and says why
        }

        string[] sure = [.. holders.Where(ComposeText.HoldsSettings)];
        return ProjectModel.Parse(model, new SettingPlace(
            string.Join(", ", sure is [] ? holders : sure), files.ProjectDirectory, environment.HomeDirectory));
    }

    private async Task<string?> AskAsync(
        DockerCommandLine docker, ComposeCommandLine line, string[] more, CancellationToken cancellationToken)
    {
        var source = DockerConfigDirectory.Locate(docker.ConfigDirectory, environment);
        IEnumerable<string> config = docker.ConfigDirectory is { } directory ? ["--config", directory] : [];
        var program = ComposePlugin.Locate(source, environment).Start(
            [.. docker.Globals, .. config],
            [.. line.Globals, .. more, "config", "--format", "yaml", "--no-consistency"]);
        var run = await processes.CaptureAsync(program, cancellationToken);
        return run.ExitCode == 0 ? run.StandardOutput : null;
    }
}
