using System.Globalization;

namespace ComposePipCache.Wheelhouse.Errors;

/// <summary>Words every failure of the wheelhouse.</summary>
internal static class WheelhouseErrors
{
    private const double Mebibyte = 1_048_576;

    public static WheelhouseProblem DigestMismatch(string fileName, string expected, string actual) => new(
        "wheelhouse-digest",
        $"{fileName} is not the file that was promised",
        $"its sha256 is {actual}, expected {expected}",
        "try again; if it stays so, the file was replaced or a proxy changes it");

    public static WheelhouseProblem DiskFull(string path, long needed, long? free) => new(
        "wheelhouse-disk-full",
        $"no room left in {path}",
        free is { } left ? $"needs {Size(needed)}, {Size(left)} free" : $"needs {Size(needed)}",
        "make room, or move the wheelhouse with PIPCACHE_DIR");

    public static WheelhouseProblem NotWritable(string path, string reason) => new(
        "wheelhouse-not-writable",
        $"cannot write to the wheelhouse in {path}",
        reason,
        "give yourself access, or move the wheelhouse with PIPCACHE_DIR");

    public static WheelhouseProblem NotReadable(string path, string reason) => new(
        "wheelhouse-not-readable",
        $"cannot read {path}",
        reason,
        "give yourself access, or move the wheelhouse with PIPCACHE_DIR");

    public static WheelhouseProblem BadFileName(string fileName) => new(
        "wheelhouse-file-name",
        $"`{Display(fileName)}` cannot be kept",
        "the name is not that of a wheel or a source distribution");

    public static WheelhouseProblem RecordDamaged(string path, string reason) => new(
        "wheelhouse-record-damaged",
        $"{path} is damaged and counts as absent",
        reason);

    public static WheelhouseProblem RecordVersion(string path, int version, int known) => new(
        "wheelhouse-record-version",
        $"{path} counts as absent",
        $"it has format {version}, this version knows {known}",
        "use the newer docker pipcache that wrote it");

    public static WheelhouseProblem FolderMissing(string path) => new(
        "find-links-missing",
        $"there is no find-links folder {path}",
        Hint: $"fill it with `pip download -d {path} -r requirements.txt`, or leave it out");

    public static WheelhouseProblem FolderUnreadable(string path, string reason) => new(
        "find-links-unreadable",
        $"cannot read the find-links folder {path}",
        reason,
        "give yourself access, or leave it out");

    public static WheelhouseProblem FileLeftOut(string folder, string fileName, string reason, string hint) => new(
        "find-links-file",
        $"{Display(fileName)} in {folder} is left out",
        reason,
        hint);

    /// <summary>Control characters would let a hostile name write to the terminal.</summary>
    private static string Display(string text) =>
        string.Concat(text.Take(200).Select(one => char.IsControl(one) ? '\uFFFD' : one));

    private static string Size(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes / Mebibyte:0.0} MiB");
}
