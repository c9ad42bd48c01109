using System.Text.Json.Serialization;

namespace ComposePipCache.Wheelhouse.Locks;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(StepLock))]
[JsonSerializable(typeof(LayerRecord))]
internal sealed partial class LockJson : JsonSerializerContext;
