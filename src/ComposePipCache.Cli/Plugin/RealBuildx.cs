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
        var ourselves = Resolved(Environment.ProcessPath!);
        var path = CliPluginDirectories.Of(directory, environment).FindAll(ProcessRoles.BuilderName)
            .FirstOrDefault(candidate => Resolved(candidate) != ourselves);
        return path is null
            ? throw new PipCacheException(CliErrors.BuildxMissing(string.Join(' ', ["docker buildx", .. arguments.Take(3)])))
            : new ProgramStart(path, arguments, environment);
    }

    private static string Resolved(string path) =>
        File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
}
