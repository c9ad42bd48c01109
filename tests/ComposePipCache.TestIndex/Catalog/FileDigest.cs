using System.Text.Json.Serialization;

namespace ComposePipCache.TestIndex.Catalog;

/// <summary>What was computed from a file's content, valid while size and time of the file stay.</summary>
internal sealed record FileDigest(
    long Size, long ModifiedTicks, string Sha256, string? MetadataSha256, string? RequiresPython);

[JsonSerializable(typeof(Dictionary<string, FileDigest>))]
internal sealed partial class FileDigestJson : JsonSerializerContext;
