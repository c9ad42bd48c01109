namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>What one step is to see.</summary>
/// <param name="Name">Where.</param>
/// <param name="Entries">Its files; their contents must be on the mount.</param>
/// <param name="LinksPage">Content of <c>links.html</c>.</param>
/// <param name="Fingerprint">Names everything above; an equal one means that nothing needs doing.</param>
public sealed record View(
    ViewName Name,
    IReadOnlyCollection<ViewEntry> Entries,
    ReadOnlyMemory<byte> LinksPage,
    string Fingerprint);
