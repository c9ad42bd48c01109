using System.Text.Json.Serialization;

namespace ComposePipCache.Wheelhouse.Index;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(DocumentHead))]
internal sealed partial class IndexJson : JsonSerializerContext;
