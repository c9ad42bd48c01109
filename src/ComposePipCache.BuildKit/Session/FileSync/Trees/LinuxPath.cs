using ComposePipCache.BuildKit.Session.FileSync.Paths;

namespace ComposePipCache.BuildKit.Session.FileSync.Trees;

/// <summary>Paths as the C library takes them.</summary>
internal static class LinuxPath
{
    internal static byte[] Of(string root, string path)
    {
        var full = path.Length == 0 ? root : $"{root}/{path}";
        return RawName.Encode(full + "\0");
    }
}
