namespace ComposePipCache.Build.Bake;

/// <summary>What compose wants built: the bake JSON it writes to its builder.</summary>
/// <param name="Requested">Names in <c>group.default.targets</c>, in that order.</param>
/// <param name="Targets">Every target of the file by name; those not requested may be used as contexts.</param>
public sealed record BakeFile(IReadOnlyList<string> Requested, IReadOnlyDictionary<string, BakeTarget> Targets);
