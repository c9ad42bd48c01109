using System.Security.Cryptography;
using System.Text;
using ComposePipCache.Build.Daemon;

namespace ComposePipCache.Build.Passes;

/// <summary>Where our mounts stand in a step, and what the daemon calls them.</summary>
/// <remarks>
/// Below /dev, which is a tmpfs in every step, mount points leave no entry in the layer. The ids carry no slash: the
/// Dockerfile frontend puts one into every id an author can write, so they never meet.
/// </remarks>
internal static class InjectedMounts
{
    public const string Root = "/dev/pipcache";
    public const string Wheels = Root + "/wheels";
    public const string Cache = Root + "/cache";
    public const string Log = Root + "/log";
    public const string LogFile = Log + "/pip.log";
    public const string LinksPage = "file://" + Wheels + "/links.html";

    private const string WheelsId = "docker-pipcache.wheels";
    private const string CacheId = "docker-pipcache.cache";
    private const int NameLength = 32;

    /// <summary>The ids of the two cache mounts.</summary>
    /// <param name="suffix">Unique to this build for a step that must run again, else null.</param>
    public static MountIds Ids(string? suffix) =>
        suffix is null ? new(WheelsId, CacheId) : new($"{WheelsId}.{suffix}", $"{CacheId}.{suffix}");

    /// <summary>Whether a mount is one of ours, from whatever build.</summary>
    public static bool IsWheelsId(string id) => id.StartsWith(WheelsId, StringComparison.Ordinal);

    /// <summary>Which of the two mounts an id is of, from whatever build; null for the id of somebody else.</summary>
    public static DaemonMountKind? KindOf(string id) =>
        Is(id, WheelsId) ? DaemonMountKind.Wheels : Is(id, CacheId) ? DaemonMountKind.ToolCache : null;

    /// <summary>A path segment that stands for a text.</summary>
    public static string Name(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..NameLength];

    private static bool Is(string id, string ours) =>
        id == ours || id.StartsWith(ours + ".", StringComparison.Ordinal);
}
