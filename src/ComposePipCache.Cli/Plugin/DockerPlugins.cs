using ComposePipCache.Build;
using ComposePipCache.Build.Engine;

namespace ComposePipCache.Cli.Plugin;

/// <summary>Where the user's other plugins of docker are.</summary>
internal static class DockerPlugins
{
    public static CliPluginSearchPath Of(DockerConfigDirectory directory, EnvironmentSnapshot environment) =>
        new(directory, ConfigFileOf(directory), environment);

    // With a config.json that cannot be read docker goes on as if there were none, with a warning of its own.
    private static DockerConfigFile ConfigFileOf(DockerConfigDirectory directory)
    {
        try
        {
            return directory.ReadConfigFile();
        }
        catch (PipCacheException)
        {
            return new DockerConfigFile { Path = directory.ConfigFilePath, Raw = default };
        }
    }
}
