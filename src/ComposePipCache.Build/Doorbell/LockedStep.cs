using ComposePipCache.Build.Passes;
using ComposePipCache.Python.Requirements;

namespace ComposePipCache.Build.Doorbell;

/// <summary>What a lock says of its step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Key">The name of its whole set of files.</param>
/// <param name="Indexes">Those that pip asks, in its order.</param>
/// <param name="Interpreter">Implementation, version and platform.</param>
/// <param name="IsPinned">Whether an index has nothing to add.</param>
internal sealed record LockedStep(
    PipStep Step, StepKey Key, IReadOnlyList<string> Indexes, string Interpreter, bool IsPinned)
{
    /// <summary>Of a step whose requirements were read.</summary>
    public static LockedStep Of(PipStep step, StepKey key, StepInputs inputs) =>
        new(step, key, inputs.Indexes(step), inputs.Describe(), inputs.Requirements.IsPinned);

    /// <summary>Of a step that was made ready under a key.</summary>
    public static LockedStep Of(PipStep step, StepKey key, PreparedStep prepared) =>
        new(step, key, prepared.Indexes, prepared.Interpreter, prepared.IsPinned);
}
