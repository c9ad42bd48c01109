using ComposePipCache.Wheelhouse.Errors;

namespace ComposePipCache.Wheelhouse.Locks;

/// <summary>A record, or why there is none although a file was there.</summary>
/// <param name="Record">Null counts as absent.</param>
/// <param name="Problem">To be shown as a warning.</param>
public readonly record struct RecordLookup<T>(T? Record, WheelhouseProblem? Problem)
    where T : class;
