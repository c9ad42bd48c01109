using ComposePipCache.Build.Daemon;
using ComposePipCache.Build.Engine;

namespace ComposePipCache.Cli.Commands.Wheels;

/// <summary>The engine that builds of this command line would use.</summary>
internal static class EngineHome
{
    public static DaemonWheels Open(CommandServices services) => DaemonWheels.Open(
        DockerConfigDirectory.Locate(services.Docker.ConfigDirectory, services.Environment),
        services.Docker.Engine(),
        services.Environment,
        services.Clock);

    public static string Kind(DaemonMountKind kind) => kind == DaemonMountKind.Wheels ? "wheels" : "caches";
}
