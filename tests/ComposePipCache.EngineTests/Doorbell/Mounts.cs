using ComposePipCache.Build.Doorbell.Containers;
using ComposePipCache.Protocol.Llb;

namespace ComposePipCache.EngineTests.Doorbell;

/// <summary>Cache mounts that belong to one test.</summary>
internal sealed class Mounts
{
    private readonly string _id = Guid.NewGuid().ToString("N");

    public string Wheels => $"test-wheels-{_id}";

    public string Tools => $"test-tools-{_id}";

    public static Mount Of(string id, string path, string selector, bool isReadOnly) => new()
    {
        Input = -1,
        Output = -1,
        Dest = path,
        MountType = MountType.Cache,
        Selector = selector,
        Readonly = isReadOnly,
        CacheOpt = new CacheOpt { ID = id },
    };

    public StepContainerRequest Request(string parent) => new()
    {
        ParentRef = parent,
        Step = new Meta { Cwd = "/app", Env = { "PATH=/usr/local/bin:/usr/bin:/bin" } },
        WheelCacheId = Wheels,
        ToolCacheId = Tools,
    };
}
