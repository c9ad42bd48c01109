using ComposePipCache.Wheelhouse.Errors;

namespace ComposePipCache.Wheelhouse.Exports;

/// <summary>Words the failures of an export.</summary>
internal static class ExportErrors
{
    public static WheelhouseProblem NotWritable(string folder, string reason) => new(
        "export-not-writable",
        $"cannot write to {folder}",
        reason,
        "name a folder that you may write to and that has room");

    public static WheelhouseProblem InsideWheelhouse(string folder, string root) => new(
        "export-inside",
        $"cannot export to {folder}",
        $"it is inside the wheelhouse {root}",
        "name a folder of your own");
}
