namespace ComposePipCache.Python.Wheels;

/// <summary>The endings pip takes for archives.</summary>
public static class FileKinds
{
    private static readonly string[] SdistEndings =
        [".tar.gz", ".zip", ".tgz", ".tar.bz2", ".tar.xz", ".tbz", ".tar.lzma", ".tar.Z", ".tar"];

    public static FileKind Of(string fileName)
    {
        if (fileName.EndsWith(".whl", StringComparison.OrdinalIgnoreCase))
        {
            return FileKind.Wheel;
        }

        return SdistEnding(fileName) is null ? FileKind.Other : FileKind.Sdist;
    }

    internal static string? SdistEnding(string fileName) =>
        Array.Find(SdistEndings, ending => fileName.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
