using System.Text.Json.Serialization;

namespace ComposePipCache.Build.Daemon;

/// <summary>Which of our mounts on a daemon.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DaemonMountKind>))]
public enum DaemonMountKind
{
    /// <summary>Copies of files of the wheelhouse, as steps are given them.</summary>
    [JsonStringEnumMemberName("wheels")]
    Wheels,

    /// <summary>Caches and logs of pip and other tools.</summary>
    [JsonStringEnumMemberName("caches")]
    ToolCache,
}
