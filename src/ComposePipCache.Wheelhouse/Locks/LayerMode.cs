using System.Text.Json.Serialization;

namespace ComposePipCache.Wheelhouse.Locks;

/// <summary>How a step ran that made a layer.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LayerMode>))]
public enum LayerMode
{
    [JsonStringEnumMemberName("online")]
    Online,

    [JsonStringEnumMemberName("offline")]
    Offline,

    /// <summary>It ended well although its index failed, so it may have taken older releases.</summary>
    [JsonStringEnumMemberName("suspect")]
    Suspect,
}
