using System.Text.Json.Serialization;

namespace ComposePipCache.TestIndex.Control;

// An unknown member is an error: a rule with a typing error must not pass for a fault that never strikes.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Snapshot))]
[JsonSerializable(typeof(IReadOnlyList<RequestEntry>))]
[JsonSerializable(typeof(IReadOnlyList<RuleStatus>))]
[JsonSerializable(typeof(FaultRule))]
[JsonSerializable(typeof(LinkSettings))]
[JsonSerializable(typeof(ModeChange))]
[JsonSerializable(typeof(TlsChange))]
[JsonSerializable(typeof(RuleAdded))]
[JsonSerializable(typeof(WaitFor))]
[JsonSerializable(typeof(ControlAnswer))]
internal sealed partial class ControlJson : JsonSerializerContext;
