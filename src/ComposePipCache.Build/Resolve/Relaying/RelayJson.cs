using System.Text.Json.Serialization;

namespace ComposePipCache.Build.Resolve.Relaying;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RelayHello))]
[JsonSerializable(typeof(DialOrder))]
[JsonSerializable(typeof(RunOrder))]
internal sealed partial class RelayJson : JsonSerializerContext;
