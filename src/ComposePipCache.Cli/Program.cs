using ComposePipCache.Build;
using ComposePipCache.Cli;
using ComposePipCache.Cli.Commands;
using ComposePipCache.Cli.Output;
using ComposePipCache.Cli.Plugin;
using ComposePipCache.Cli.Processes;

var output = new StandardStreams();
var role = ProcessRoles.FromName(ProcessName.Read());
if (args is [PluginMetadata.Request])
{
    // Asked at every `docker --help`, at every TAB and twice in a build: nothing else may come before this.
    PluginMetadata.Answer(role, output);
    return ExitCode.Success;
}

return await ErrorBoundary.RunAsync(output, () =>
{
    if (args is [Launcher.Request, _, _, ..])
    {
        throw Launcher.Run(args);
    }

    var environment = EnvironmentSnapshot.FromProcess();
    var processes = new ProcessHost();
    return role is ProcessRole.Builder
        ? new BuilderRole(environment, processes, output).RunAsync(args)
        : new CommandLineRole(new CommandServices(environment, processes, output) { Terminal = new StandardTerminal() })
            .RunAsync(args);
});
