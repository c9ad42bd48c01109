using System.Text.Json.Serialization;

namespace ComposePipCache.Build.Fetch;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FetchNote))]
internal sealed partial class FetchJson : JsonSerializerContext;
