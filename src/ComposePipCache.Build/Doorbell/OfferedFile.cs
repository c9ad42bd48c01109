using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Build.Doorbell;

/// <summary>A file in a step's view.</summary>
/// <param name="Name">Its name in the view: with a build tag, so that pip takes it before the index's.</param>
/// <param name="Stored">Where its content is on the host.</param>
/// <param name="IsOwn">Whether it comes from a folder of the user's.</param>
internal sealed record OfferedFile(string Name, StoredFile Stored, bool IsOwn);
