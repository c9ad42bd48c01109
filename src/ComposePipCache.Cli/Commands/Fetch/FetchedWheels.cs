using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Cli.Commands.Fetch;

/// <summary>Packages that are new in the wheelhouse.</summary>
/// <param name="Files">How many.</param>
/// <param name="Bytes">Their sizes.</param>
internal sealed record FetchedWheels(int Files, long Bytes)
{
    /// <summary>Digest and size of all that a wheelhouse holds.</summary>
    public static IReadOnlyDictionary<string, long> Count(string wheelhouse)
    {
        if (!Directory.Exists(wheelhouse))
        {
            return new Dictionary<string, long>();
        }

        using var store = WheelhouseStore.Open(wheelhouse);
        return store.List().DistinctBy(file => file.Sha256).ToDictionary(file => file.Sha256, file => file.Size);
    }

    /// <summary>What the later count has more than the earlier one.</summary>
    public static FetchedWheels Between(
        IReadOnlyDictionary<string, long> before, IReadOnlyDictionary<string, long> after)
    {
        var added = after.Where(file => !before.ContainsKey(file.Key)).ToList();
        return new FetchedWheels(added.Count, added.Sum(file => file.Value));
    }
}
