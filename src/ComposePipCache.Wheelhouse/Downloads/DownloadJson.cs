using System.Text.Json.Serialization;

namespace ComposePipCache.Wheelhouse.Downloads;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(PartJournal))]
internal sealed partial class DownloadJson : JsonSerializerContext;
