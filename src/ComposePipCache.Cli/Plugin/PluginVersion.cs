using System.Text.Json;

namespace ComposePipCache.Cli.Plugin;

/// <summary>The version of this build, as docker is told it.</summary>
internal static class PluginVersion
{
    /// <summary>With the leading <c>v</c>.</summary>
    public static string Text
    {
        get
        {
            using var metadata = JsonDocument.Parse(PluginMetadata.ReadResource());
            return metadata.RootElement.GetProperty("Version").GetString()!;
        }
    }
}
