namespace ComposePipCache.Python.Wheels;

/// <summary>Orders wheels of one project as pip from 21.1 on does: version, then tags, then build tag.</summary>
/// <remarks>The best is the last; wheels that do not fit come first.</remarks>
public sealed class WheelOrder(SupportedTags tags) : IComparer<WheelName>
{
    public int Compare(WheelName? x, WheelName? y)
    {
        if (x is null || y is null)
        {
            return (x is not null).CompareTo(y is not null);
        }

        var (rank, otherRank) = (tags.Rank(x), tags.Rank(y));
        int[] steps =
        [
            (rank is not null).CompareTo(otherRank is not null),
            x.Version.CompareTo(y.Version),
            Nullable.Compare(otherRank, rank),
            Comparer<BuildTag>.Default.Compare(x.Build, y.Build),
        ];
        return Array.Find(steps, step => step != 0);
    }
}
