using System.Text.Json.Serialization;

namespace ComposePipCache.Build.Fetch;

/// <summary>Whether an image is in the engine's store, and since when.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImageState>))]
public enum ImageState
{
    /// <summary>It was there before.</summary>
    [JsonStringEnumMemberName("present")]
    Present,

    /// <summary>It, or a newer one under its name, was pulled.</summary>
    [JsonStringEnumMemberName("pulled")]
    Pulled,

    /// <summary>It is not there, and nobody tried to pull it.</summary>
    [JsonStringEnumMemberName("absent")]
    Absent,

    /// <summary>It could not be pulled.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
