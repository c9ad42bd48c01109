using ComposePipCache.Wheelhouse.Locks;

namespace ComposePipCache.Wheelhouse.Inventory;

/// <summary>A lock and when a step last used it.</summary>
public sealed record UsedLock(StepLock Lock, DateTimeOffset UsedAt)
{
    private const int ShortKeyLength = 12;

    /// <summary>Who it is for: its label, or the start of its key where it has none.</summary>
    public string Label => Lock.Label is { Length: > 0 } label ? label : Lock.Key[..ShortKeyLength];

    /// <summary>Whether it is that of a service, named alone or as <c>project/service</c>.</summary>
    public bool IsOf(string service) =>
        Label == service || Label.EndsWith("/" + service, StringComparison.Ordinal);
}
