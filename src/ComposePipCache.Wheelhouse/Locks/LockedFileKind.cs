using System.Text.Json.Serialization;

namespace ComposePipCache.Wheelhouse.Locks;

/// <summary>How a file of a lock came to be.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LockedFileKind>))]
public enum LockedFileKind
{
    /// <summary>A wheel as the index offers it.</summary>
    [JsonStringEnumMemberName("wheel")]
    Wheel,

    /// <summary>A source distribution, which the step builds itself.</summary>
    [JsonStringEnumMemberName("sdist")]
    Sdist,

    /// <summary>A wheel that a step built from an sdist; good for the scope that built it alone.</summary>
    [JsonStringEnumMemberName("built")]
    Built,
}
