using ComposePipCache.Wheelhouse.Errors;

namespace ComposePipCache.Wheelhouse.Sources;

/// <summary>Something in a find-links folder that cannot be used, to be named to the user.</summary>
/// <remarks>Without a file name it is the folder itself.</remarks>
public sealed record FolderProblem(FolderProblemKind Kind, string? FileName, WheelhouseProblem Text);
