namespace ComposePipCache.TestIndex.Catalog;

/// <summary>What a wheel's or an sdist's file name says about it.</summary>
internal sealed record DistributionName(string Project, string Version, bool IsWheel)
{
    public static DistributionName? Parse(string fileName)
    {
        if (fileName.EndsWith(".whl", StringComparison.Ordinal))
        {
            var parts = fileName[..^4].Split('-');
            return parts.Length is 5 or 6
                ? new DistributionName(ProjectName.Normalize(parts[0]), parts[1], IsWheel: true)
                : null;
        }

        var stem = fileName switch
        {
            _ when fileName.EndsWith(".tar.gz", StringComparison.Ordinal) => fileName[..^7],
            _ when fileName.EndsWith(".zip", StringComparison.Ordinal) => fileName[..^4],
            _ => null,
        };
        var dash = stem?.LastIndexOf('-') ?? -1;
        return dash > 0 && dash < stem!.Length - 1 && char.IsAsciiDigit(stem[dash + 1])
            ? new DistributionName(ProjectName.Normalize(stem[..dash]), stem[(dash + 1)..], IsWheel: false)
            : null;
    }
}
