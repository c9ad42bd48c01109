using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ComposePipCache.TestIndex.Pages;

/// <summary>PEP 691 pages in version 1.1, with versions, sizes and upload times (PEP 700).</summary>
internal static class JsonPage
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] List(IEnumerable<string> projects, long serial) => Write(serial, writer =>
    {
        writer.WriteStartArray("projects");
        foreach (var project in projects)
        {
            writer.WriteStartObject();
            writer.WriteString("name", project);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    public static byte[] Project(PageKey key, IReadOnlyList<FileLink> links, long serial) => Write(serial, writer =>
    {
        writer.WriteString("name", key.Project);
        writer.WriteStartArray("files");
        foreach (var link in links)
        {
            WriteFile(writer, key.Flavour, link);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("versions");
        foreach (var version in links.Select(link => link.File.Version).Distinct(StringComparer.Ordinal))
        {
            writer.WriteStringValue(version);
        }

        writer.WriteEndArray();
    });

    private static byte[] Write(long serial, Action<Utf8JsonWriter> content)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("meta");
            writer.WriteNumber("_last-serial", serial);
            writer.WriteString("api-version", "1.1");
            writer.WriteEndObject();
            content(writer);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteFile(Utf8JsonWriter writer, IndexFlavour flavour, FileLink link)
    {
        var file = link.File;
        var metadata = flavour.HasMetadata ? file.MetadataSha256 : null;
        writer.WriteStartObject();
        WriteMetadata(writer, "core-metadata", metadata);
        WriteMetadata(writer, "data-dist-info-metadata", metadata);
        writer.WriteString("filename", file.FileName);
        writer.WriteStartObject("hashes");
        if (flavour.HasHashes)
        {
            writer.WriteString("sha256", file.Sha256);
        }

        writer.WriteEndObject();
        writer.WriteNull("provenance");
        writer.WriteString("requires-python", file.RequiresPython);
        writer.WriteNumber("size", file.Size);
        writer.WriteString("upload-time", file.UploadTime.ToString(
            "yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));
        writer.WriteString("url", link.Url);
        WriteYanked(writer, file.Yanked);
        writer.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter writer, string name, string? digest)
    {
        if (digest is null)
        {
            writer.WriteBoolean(name, value: false);
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteString("sha256", digest);
        writer.WriteEndObject();
    }

    private static void WriteYanked(Utf8JsonWriter writer, string? reason)
    {
        if (string.IsNullOrEmpty(reason))
        {
            writer.WriteBoolean("yanked", reason is not null);
            return;
        }

        writer.WriteString("yanked", reason);
    }
}
