using System.Text.Json.Serialization;

namespace ComposePipCache.Cli.Commands.Wheels;

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<ListedPackage>))]
[JsonSerializable(typeof(UsageReport))]
[JsonSerializable(typeof(IReadOnlyList<UsageGroup>))]
[JsonSerializable(typeof(VerifyReport))]
internal sealed partial class WheelsJson : JsonSerializerContext;
