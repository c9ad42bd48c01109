using ComposePipCache.Python.Requirements;
using ComposePipCache.Python.Wheels;
using ComposePipCache.Wheelhouse.Locks;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Build.Doorbell;

/// <summary>Writes which files a step needs: all of them under its key, or those that came under the key of a part.</summary>
/// <param name="services">Where locks are.</param>
/// <param name="target">Whose step it is, for messages.</param>
internal sealed class StepLocks(PipServices services, string target)
{
    /// <summary>A file of a lock.</summary>
    /// <param name="stored">The file.</param>
    /// <param name="url">Where it came from; null where that is not known.</param>
    public static LockedFile FileOf(StoredFile stored, string? url = null) =>
        FileOf(stored.FileName, stored.Sha256, stored.Size, url);

    /// <inheritdoc cref="FileOf(StoredFile, string?)"/>
    public static LockedFile FileOf(string fileName, string sha256, long size, string? url) => new()
    {
        FileName = fileName,
        Sha256 = sha256,
        Size = size,
        Kind = FileKinds.Of(fileName) == FileKind.Sdist ? LockedFileKind.Sdist : LockedFileKind.Wheel,
        Url = url,
    };

    /// <summary>The lock of a step that got its files just now.</summary>
    public StepLock Create(StepKey key, LockedStep step, IReadOnlyList<LockedFile> files) => new()
    {
        Key = key.Digest,
        KeyText = key.Text,
        CreatedAt = services.Clock.GetUtcNow(),
        Scope = step.Step.Scope,
        Label = services.Labels.GetValueOrDefault(target, target),
        Indexes = step.Indexes,
        Interpreter = step.Interpreter,
        IsPinned = step.IsPinned,
        Files = files,
    };

    /// <summary>Writes the lock where there are files; a whole one takes the place of the part.</summary>
    public async Task KeepAsync(
        LockedStep step, IReadOnlyList<LockedFile> files, (bool IsWhole, bool IsSuspect) state, CancellationToken cancellationToken)
    {
        var key = state.IsWhole ? step.Key : PartialLock.Key(step.Key);
        if (files.Count > 0)
        {
            await services.Locks.WriteAsync(
                Create(key, step, files) with { IsSuspect = state.IsSuspect }, cancellationToken);
        }

        if (state.IsWhole)
        {
            services.Locks.Remove(PartialLock.Key(step.Key).Digest);
        }
    }
}
