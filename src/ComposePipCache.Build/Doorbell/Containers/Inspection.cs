namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>What an <see cref="InspectionRequest"/> found out.</summary>
/// <param name="Interpreter">Null when the parent has none that answers, or none was asked for.</param>
/// <param name="Files">One for each that was asked for, in that order.</param>
/// <param name="Fingerprint">Of the view; null when there is none.</param>
/// <param name="Owner">Of the prepared folder.</param>
public sealed record Inspection(
    InterpreterFacts? Interpreter,
    IReadOnlyList<ParentFile> Files,
    string? Fingerprint,
    CacheOwner? Owner);
