namespace ComposePipCache.Build;

/// <summary>Makes directories that only their owner can look into.</summary>
public static class PrivateDirectory
{
    /// <summary>Creates the directory and missing parents with mode 0700 where modes exist.</summary>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
