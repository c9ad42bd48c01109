using System.Security.Cryptography;
using System.Text.Json;

namespace ComposePipCache.TestIndex.Catalog;

/// <summary>Digests by path, kept in a file: hundreds of megabytes are hashed once, not at each start.</summary>
internal sealed class DigestCache(string? file)
{
    private readonly Dictionary<string, FileDigest> _known = Load(file);
    private bool _isChanged;

    public FileDigest Of(FileInfo wheel)
    {
        if (_known.TryGetValue(wheel.FullName, out var digest)
            && digest.Size == wheel.Length
            && digest.ModifiedTicks == wheel.LastWriteTimeUtc.Ticks)
        {
            return digest;
        }

        var metadata = MetadataReader.Read(wheel.FullName);
        var isWheel = wheel.Name.EndsWith(".whl", StringComparison.Ordinal);
        digest = new FileDigest(
            wheel.Length,
            wheel.LastWriteTimeUtc.Ticks,
            HashOf(wheel),
            isWheel && metadata is not null ? Convert.ToHexStringLower(SHA256.HashData(metadata)) : null,
            MetadataReader.RequiresPython(metadata));
        _known[wheel.FullName] = digest;
        _isChanged = true;
        return digest;
    }

    public void Save()
    {
        if (file is null || !_isChanged)
        {
            return;
        }

        try
        {
            var temporary = $"{file}.{Environment.ProcessId}";
            File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(
                _known, FileDigestJson.Default.DictionaryStringFileDigest));
            File.Move(temporary, file, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A read-only folder only costs the hashing at the next start.
        }

        _isChanged = false;
    }

    private static Dictionary<string, FileDigest> Load(string? file)
    {
        try
        {
            return file is not null && File.Exists(file)
                ? JsonSerializer.Deserialize(
                    File.ReadAllBytes(file), FileDigestJson.Default.DictionaryStringFileDigest) ?? []
                : [];
        }
        catch (Exception error) when (error is IOException or JsonException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string HashOf(FileInfo wheel)
    {
        using var content = wheel.OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
