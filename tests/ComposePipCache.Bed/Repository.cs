namespace ComposePipCache.Bed;

/// <summary>Where things are in the source tree that these tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The plugin that is tested.</summary>
    public static string Plugin =>
        Environment.GetEnvironmentVariable("PIPCACHE_TEST_PLUGIN") ?? Path.Combine(Root, Published);

    /// <summary>Where `make publish` puts it, from the root.</summary>
    public static string Published => ".artifacts/publish/docker-pipcache";

    public static string Example(string name) => Path.Combine(Root, "examples", name);

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "ComposePipCache.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("these tests run from the source tree");
        }

        return directory.FullName;
    }
}
