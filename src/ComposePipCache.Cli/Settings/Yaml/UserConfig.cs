using ComposePipCache.Build;
using ComposePipCache.Cli.Errors;

namespace ComposePipCache.Cli.Settings.Yaml;

/// <summary>The user's own settings for every project: <c>~/.config/docker-pipcache/config.yaml</c>.</summary>
internal static class UserConfig
{
    public static PipCacheOptions Read(EnvironmentSnapshot environment)
    {
        var path = Path.Combine(ConfigHome(environment), "docker-pipcache", "config.yaml");
        if (!File.Exists(path))
        {
            return new PipCacheOptions();
        }

        var place = new SettingPlace(path, Path.GetDirectoryName(path)!, environment.HomeDirectory);
        return new SettingsMapping("", place, text => text).Read(
            YamlDocument.Parse(Load(path), path), SettingKeys.Names);
    }

    private static string Load(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PipCacheException(CliErrors.SettingsInvalid(path, error.Message.TrimEnd('.')), error);
        }
    }

    private static string ConfigHome(EnvironmentSnapshot environment)
    {
        if (OperatingSystem.IsWindows() && environment["APPDATA"] is { } roaming)
        {
            return roaming;
        }

        // A relative XDG_CONFIG_HOME is to be ignored, the specification says.
        return environment["XDG_CONFIG_HOME"] is { } home && Path.IsPathFullyQualified(home)
            ? home
            : Path.Combine(environment.HomeDirectory, ".config");
    }
}
