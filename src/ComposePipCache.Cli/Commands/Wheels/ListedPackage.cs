using ComposePipCache.Wheelhouse.Inventory;
using ComposePipCache.Wheelhouse.Locks;

namespace ComposePipCache.Cli.Commands.Wheels;

/// <summary>A stored file in <c>wheels ls --format json</c>.</summary>
/// <param name="Project">Normalised.</param>
/// <param name="Version">Null where the name tells none.</param>
/// <param name="Kind">Wheel, sdist or built.</param>
/// <param name="Size">In bytes.</param>
/// <param name="LastUsedAt">When it was stored, or when a step last used it.</param>
/// <param name="UsedBy">Labels of the locks that name it.</param>
/// <param name="FileName">Its own.</param>
/// <param name="Sha256">In hex.</param>
/// <param name="Path">Where it is.</param>
internal sealed record ListedPackage(
    string Project,
    string? Version,
    LockedFileKind Kind,
    long Size,
    DateTimeOffset LastUsedAt,
    IReadOnlyList<string> UsedBy,
    string FileName,
    string Sha256,
    string Path)
{
    public static ListedPackage Of(StoredPackage package) => new(
        package.Project,
        package.Version?.Text,
        package.Kind,
        package.File.Size,
        package.LastUsedAt,
        package.Labels,
        package.File.FileName,
        package.File.Sha256,
        package.File.Path);
}
