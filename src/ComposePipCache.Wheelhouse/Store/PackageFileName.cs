using ComposePipCache.Python.Wheels;

namespace ComposePipCache.Wheelhouse.Store;

/// <summary>Which names a wheelhouse keeps: one path segment with the ending of a wheel or an sdist.</summary>
public static class PackageFileName
{
    public static bool IsWheel(string fileName) => Is(fileName, FileKind.Wheel);

    public static bool IsSdist(string fileName) => Is(fileName, FileKind.Sdist);

    public static bool IsValid(string fileName) => IsWheel(fileName) || IsSdist(fileName);

    private static bool Is(string fileName, FileKind kind) => FileName.IsSafe(fileName) && FileKinds.Of(fileName) == kind;
}
