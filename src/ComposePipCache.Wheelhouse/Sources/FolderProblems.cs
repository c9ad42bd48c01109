using ComposePipCache.Wheelhouse.Errors;

namespace ComposePipCache.Wheelhouse.Sources;

/// <summary>Makes the problems of a folder, each with what to do about it.</summary>
internal static class FolderProblems
{
    public static FolderProblem Missing(string folder) =>
        new(FolderProblemKind.FolderMissing, null, WheelhouseErrors.FolderMissing(folder));

    public static FolderProblem Unreadable(string folder, string reason) =>
        new(FolderProblemKind.FolderUnreadable, null, WheelhouseErrors.FolderUnreadable(folder, reason));

    public static FolderProblem LeftOut(string folder, string fileName, FolderProblemKind kind, string reason) =>
        new(kind, fileName, WheelhouseErrors.FileLeftOut(folder, fileName, reason, HintFor(kind)));

    private static string HintFor(FolderProblemKind kind) => kind switch
    {
        FolderProblemKind.Damaged => "download it again",
        FolderProblemKind.Renamed or FolderProblemKind.BadName => "give it the name it was published under",
        _ => "give yourself access, or remove it",
    };
}
