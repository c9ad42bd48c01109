using ComposePipCache.Wheelhouse.Errors;

namespace ComposePipCache.Wheelhouse.Locks;

/// <summary>What a record file holds; the default value stands for a file that is not there.</summary>
internal readonly record struct RecordReading<T>(RecordLookup<T> Lookup, bool IsDamaged)
    where T : class
{
    public static RecordReading<T> Good(T record) => new(new RecordLookup<T>(record, null), IsDamaged: false);

    /// <summary>The file may be good for somebody else, so it stays.</summary>
    public static RecordReading<T> Unreadable(WheelhouseProblem problem) =>
        new(new RecordLookup<T>(null, problem), IsDamaged: false);

    public static RecordReading<T> Damaged(string path, string reason) =>
        new(new RecordLookup<T>(null, WheelhouseErrors.RecordDamaged(path, reason)), IsDamaged: true);
}
