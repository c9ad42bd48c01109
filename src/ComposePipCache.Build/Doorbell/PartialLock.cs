using System.Security.Cryptography;
using System.Text;
using ComposePipCache.Python.Requirements;
using ComposePipCache.Wheelhouse.Locks;

namespace ComposePipCache.Build.Doorbell;

/// <summary>What a step had when it did not come to its end: kept beside its lock, under a key of its own.</summary>
internal static class PartialLock
{
    /// <summary>What is kept of an earlier run.</summary>
    public static StepLock? Find(LockStore locks, StepKey key) => locks.Find(Key(key).Digest).Record;

    /// <summary>The key under which a part is kept.</summary>
    public static StepKey Key(StepKey key)
    {
        var text = "not complete\n" + key.Text;
        return new StepKey(text, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }
}
