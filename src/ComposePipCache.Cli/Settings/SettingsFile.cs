using System.Text.Json;
using ComposePipCache.Build;
using ComposePipCache.Cli.Errors;

namespace ComposePipCache.Cli.Settings;

/// <summary>The file by which the command line speaks to the builder, past compose.</summary>
/// <remarks>Named after its content: equal settings are one file, so nobody has to take it away in the end.</remarks>
internal static class SettingsFile
{
    public const string Variable = "PIPCACHE_SETTINGS";

    public static string Write(string cacheDirectory, BuilderSettings settings)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(settings, CliJson.Default.BuilderSettings);
        var path = Path.Combine(cacheDirectory, "settings", $"{StableName.Of(content)}.json");
        try
        {
            PrivateFiles.CreateDirectory(Path.GetDirectoryName(path)!);
            PrivateFiles.WriteWhenDifferent(path, content);
            return path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CacheErrors.Unusable(cacheDirectory, error);
        }
    }

    /// <summary>Reads what the command line wrote; keys it does not know are of a newer one.</summary>
    public static BuilderSettings Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize(stream, CliJson.Default.BuilderSettings) ?? new BuilderSettings();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new PipCacheException(CliErrors.SettingsUnreadable(path, error.Message), error);
        }
    }
}
