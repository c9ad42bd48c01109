using Xunit;

namespace ComposePipCache.Tests.Build.Resolve;

/// <summary>pips to test with: this machine's own, and those of the bed where it is set up.</summary>
internal static class PipVersions
{
    private static readonly string Folder = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        ".cache", "docker-pipcache-bed", "wheels", "all");

    public static TheoryData<string?> All => new((string?)null, "23.0.1", "25.1.1", "26.2.2");

    /// <summary>The wheel of a version, which Python can run as it is; null for the machine's own.</summary>
    public static string? PathOf(string? version)
    {
        if (version is null)
        {
            return null;
        }

        var path = Path.Combine(Folder, $"pip-{version}-py3-none-any.whl");
        Assert.SkipUnless(File.Exists(path), $"there is no {path}");
        return path;
    }
}
