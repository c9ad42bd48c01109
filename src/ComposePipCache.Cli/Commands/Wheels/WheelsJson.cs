using System.Text.Json.Serialization;
using ComposePipCache.Build.Daemon;

namespace ComposePipCache.Cli.Commands.Wheels;

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<ListedPackage>))]
[JsonSerializable(typeof(UsageReport))]
[JsonSerializable(typeof(IReadOnlyList<UsageGroup>))]
[JsonSerializable(typeof(VerifyReport))]
[JsonSerializable(typeof(IReadOnlyList<DaemonMount>))]
[JsonSerializable(typeof(IReadOnlyList<DaemonUsage>))]
internal sealed partial class WheelsJson : JsonSerializerContext;
