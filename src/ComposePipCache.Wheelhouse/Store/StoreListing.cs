using ComposePipCache.Wheelhouse.Errors;

namespace ComposePipCache.Wheelhouse.Store;

/// <summary>Reads what a wheelhouse holds; whatever has no place in one is passed over.</summary>
internal static class StoreListing
{
    public static StoredFile? Find(StoreLayout layout, string sha256, string? fileName)
    {
        if (fileName is null)
        {
            return In(layout.FolderOf(sha256)).FirstOrDefault();
        }

        if (!PackageFileName.IsValid(fileName))
        {
            return null;
        }

        return Describe(sha256, new FileInfo(Path.Combine(layout.FolderOf(sha256), fileName)));
    }

    public static IEnumerable<StoredFile> List(StoreLayout layout) =>
        Folders(layout.Wheels).SelectMany(Folders).SelectMany(In);

    private static IEnumerable<StoredFile> In(string folder)
    {
        var sha256 = Path.GetFileName(folder);
        return !Sha256Text.IsValid(sha256)
            ? []
            : Read(folder, directory => directory.GetFiles())
                .Where(file => PackageFileName.IsValid(file.Name))
                .OrderBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => Describe(sha256, file))
                .OfType<StoredFile>();
    }

    private static IEnumerable<string> Folders(string folder) =>
        Read(folder, directory => directory.GetDirectories())
            .Select(directory => directory.FullName)
            .Order(StringComparer.Ordinal);

    private static T[] Read<T>(string folder, Func<DirectoryInfo, T[]> read)
    {
        try
        {
            return read(new DirectoryInfo(folder));
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception error) when (WriteFailures.IsFailure(error))
        {
            throw new WheelhouseException(WheelhouseErrors.NotReadable(folder, error.Message), error);
        }
    }

    // Null when another process removed the file meanwhile.
    private static StoredFile? Describe(string sha256, FileInfo file)
    {
        try
        {
            return new StoredFile(sha256, file.Name, file.FullName, file.Length);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
