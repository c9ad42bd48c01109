using System.Text;
using System.Text.Json;

namespace ComposePipCache.Build.Bake;

/// <summary>The file in which compose looks up what was built.</summary>
internal static class MetadataFile
{
    /// <summary>Writes <c>{"target": {"containerimage.digest": …}}</c>, whole or not at all.</summary>
    public static void Write(
        string path,
        IEnumerable<KeyValuePair<string, IReadOnlyDictionary<string, string>>> responses)
    {
        var temporary = path + ".part";
        using (var file = File.Create(temporary))
        using (var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            foreach (var (target, response) in responses)
            {
                json.WriteStartObject(target);
                foreach (var (key, value) in response.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                {
                    json.WritePropertyName(key);
                    WriteValue(json, value);
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Some values are JSON in base64 (<c>containerimage.descriptor</c>); they are written as JSON.</summary>
    private static void WriteValue(Utf8JsonWriter json, string value)
    {
        var bytes = new byte[value.Length];
        if (Convert.TryFromBase64String(value, bytes, out var length) && IsObject(bytes.AsMemory(0, length)))
        {
            json.WriteRawValue(Encoding.UTF8.GetString(bytes, 0, length));
        }
        else
        {
            json.WriteStringValue(value);
        }
    }

    private static bool IsObject(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length == 0 || bytes.Span[0] != '{')
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
