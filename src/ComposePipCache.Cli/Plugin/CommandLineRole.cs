using ComposePipCache.Cli.Commands;
using ComposePipCache.Cli.Compose;

namespace ComposePipCache.Cli.Plugin;

/// <summary>What we are when a user types our name.</summary>
internal sealed class CommandLineRole(CommandServices services)
{
    public async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        var docker = DockerCommandLine.Parse(words);
        switch (docker.Request)
        {
            case PluginRequest.Hook:
                return ExitCode.Success; // docker asks for advice to print; we give none
            case PluginRequest.Complete:
                return await CompletionCommand.RunAsync(docker, services);
            case PluginRequest.Help:
                return await ShowHelpAsync(docker, docker.Arguments);
            default:
                return await RunAsync(docker, ComposeCommandLine.Parse(docker.Arguments));
        }
    }

    private async Task<int> RunAsync(DockerCommandLine docker, ComposeCommandLine line)
    {
        if (line.AsksForHelp || line is { Verb: null, ComposeWords: var words } && !words.Any())
        {
            return await HelpCommand.RunAsync(docker, line, services);
        }

        if (line is { Verb: null, AsksForVersion: true })
        {
            return await OwnCommands.RunAsync(VersionCommand.Name, [], services);
        }

        return line.Verb switch
        {
            HelpCommand.Name => await ShowHelpAsync(docker, line.Arguments),
            { } verb when OwnCommands.Contains(verb) =>
                await OwnCommands.RunAsync(verb, line.Arguments, services with { Docker = docker, Line = line }),
            _ => await new ComposeRunner(services).RunAsync(docker, line),
        };
    }

    private Task<int> ShowHelpAsync(DockerCommandLine docker, IReadOnlyList<string> topic) =>
        HelpCommand.RunAsync(docker, ComposeCommandLine.Parse([.. topic, "--help"]), services);
}
