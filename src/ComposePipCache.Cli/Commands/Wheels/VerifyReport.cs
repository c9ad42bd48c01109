using ComposePipCache.Wheelhouse.Verification;

namespace ComposePipCache.Cli.Commands.Wheels;

/// <summary>The content of <c>wheels verify --format json</c>.</summary>
/// <param name="Files">How many were read.</param>
/// <param name="Bytes">How much that was.</param>
/// <param name="Findings">What is wrong.</param>
/// <param name="Removed">How many files a repair took away.</param>
internal sealed record VerifyReport(int Files, long Bytes, IReadOnlyList<FileFinding> Findings, int Removed);
