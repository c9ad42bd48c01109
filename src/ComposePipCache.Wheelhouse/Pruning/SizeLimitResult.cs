namespace ComposePipCache.Wheelhouse.Pruning;

/// <summary>What it took to keep a wheelhouse within its size.</summary>
/// <param name="MaxSize">In bytes.</param>
/// <param name="Size">Bytes that are left.</param>
/// <param name="Pruned">What went.</param>
public sealed record SizeLimitResult(long MaxSize, long Size, PruneResult Pruned)
{
    /// <summary>One line for the user.</summary>
    public string Text
    {
        get
        {
            var files = Pruned.Removed.Count;
            var gone = files == 0 ? "" : $"{files} {(files == 1 ? "file" : "files")} ({ByteText.Of(Pruned.Bytes)}) "
                + "unused for the longest time went";
            var left = Size <= MaxSize
                ? ""
                : $"the wheelhouse takes {ByteText.Of(Size)}: this command alone needs more than max-size";
            return $"max-size {ByteText.Of(MaxSize)}: {gone}{(gone.Length > 0 && left.Length > 0 ? "; " : "")}{left}";
        }
    }
}
