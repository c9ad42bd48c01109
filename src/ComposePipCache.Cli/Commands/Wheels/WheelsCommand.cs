using System.CommandLine;

namespace ComposePipCache.Cli.Commands.Wheels;

/// <summary><c>docker pipcache wheels</c>: what is in the wheelhouse, and what is to be done with it.</summary>
internal static class WheelsCommand
{
    public const string Name = "wheels";

    public static Command Create(CommandServices services)
    {
        var command = new OwnCommand(Name, "Show and manage the wheels and sdists that builds keep")
        {
            WheelsListCommand.Create(services),
            WheelsUsageCommand.Create(services),
            WheelsVerifyCommand.Create(services),
            WheelsPruneCommand.Create(services),
            WheelsExportCommand.Create(services),
        };
        command.SetAction(_ =>
        {
            services.Output.Data(CommandHelp.Render(command, Name));
            return ExitCode.Success;
        });
        return command;
    }
}
