using System.Text.Json.Serialization;

namespace ComposePipCache.Cli.Settings;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BuilderSettings))]
internal sealed partial class CliJson : JsonSerializerContext;
