using System.Text.Json.Serialization;

namespace ComposePipCache.Wheelhouse.Verification;

/// <summary>What can be wrong with a file that a wheelhouse holds or should hold.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FileFindingKind>))]
public enum FileFindingKind
{
    /// <summary>The content is not the one that was stored.</summary>
    [JsonStringEnumMemberName("damaged")]
    Damaged,

    /// <summary>The system does not let it be read to its end.</summary>
    [JsonStringEnumMemberName("unreadable")]
    Unreadable,

    /// <summary>A lock names it, and neither the wheelhouse nor a known folder of the user's has it.</summary>
    [JsonStringEnumMemberName("missing")]
    Missing,
}
