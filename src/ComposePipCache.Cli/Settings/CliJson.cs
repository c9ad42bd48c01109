using System.Text.Json.Serialization;
using ComposePipCache.Cli.Commands.Fetch;

namespace ComposePipCache.Cli.Settings;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BuilderSettings))]
[JsonSerializable(typeof(FetchDocument))]
internal sealed partial class CliJson : JsonSerializerContext;
