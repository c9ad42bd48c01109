using ComposePipCache.Build;
using ComposePipCache.Build.Engine;
using ComposePipCache.Cli.Errors;
using ComposePipCache.Cli.Processes;

namespace ComposePipCache.Cli.Plugin;

/// <summary>The buildx that would have been started, were it not for us.</summary>
internal static class RealBuildx
{
    public static ProgramStart Start(IReadOnlyList<string> arguments, EnvironmentSnapshot environment)
    {
        var directory = DockerConfigDirectory.Locate(null, environment);
        var path = DockerPlugins.Of(directory, environment).Find("buildx", except: Environment.ProcessPath);
        return path is null
            ? throw new PipCacheException(CliErrors.BuildxMissing(
                string.Join(' ', ["docker buildx", .. arguments.Take(3)])))
            : new ProgramStart(path, arguments, environment);
    }
}
