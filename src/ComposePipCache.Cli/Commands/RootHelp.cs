using System.Text;

namespace ComposePipCache.Cli.Commands;

/// <summary><c>docker pipcache --help</c>.</summary>
internal static class RootHelp
{
    public static byte[] Render() => Encoding.UTF8.GetBytes(
        $"""
        Usage:  docker pipcache [OPTIONS] COMMAND

        Build compose projects of Python services, in place of docker compose

        Options:
        {HelpTable.RenderFlags()}

        Commands:
          build       Build or rebuild services
          create      Creates containers for a service
          run         Run a one-off command on a service
          up          Create and start containers
          watch       Watch build context for service and rebuild/refresh containers when files are updated
          fetch       Get all that building and starting services needs without a network
          version     Show the version of docker pipcache
          wheels      Show and manage the wheels and sdists that builds keep

        Every other command and option is passed on to 'docker compose' as it is.

        Run 'docker pipcache COMMAND --help' for more information on a command.

        """);
}
