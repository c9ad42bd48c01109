using System.Buffers;
using System.Text.Json;

namespace ComposePipCache.Cli.Compose;

/// <summary>config.json with one more plugin folder, and not a character of the rest changed.</summary>
internal static class OverlayConfig
{
    private const string PluginDirectories = "cliPluginsExtraDirs";

    public static byte[] Build(JsonElement original, string pluginDirectory)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteStartArray(PluginDirectories);
        writer.WriteStringValue(pluginDirectory);
        foreach (var directory in Existing(original))
        {
            directory.WriteTo(writer);
        }

        writer.WriteEndArray();
        foreach (var property in original.EnumerateObject().Where(property => !IsPluginDirectories(property)))
        {
            writer.WritePropertyName(property.Name);
            writer.WriteRawValue(property.Value.GetRawText());
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static IEnumerable<JsonElement> Existing(JsonElement original) => original.EnumerateObject()
        .Where(property => IsPluginDirectories(property) && property.Value.ValueKind is JsonValueKind.Array)
        .SelectMany(property => property.Value.EnumerateArray());

    // Docker reads its keys in any case.
    private static bool IsPluginDirectories(JsonProperty property) =>
        property.Name.Equals(PluginDirectories, StringComparison.OrdinalIgnoreCase);
}
