using System.Text.Json.Serialization;

namespace ComposePipCache.Wheelhouse.Sources;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(FolderFacts))]
internal sealed partial class FolderJson : JsonSerializerContext;
