using System.Runtime.CompilerServices;
using Shouldly;

namespace ComposePipCache.Tests.Cli;

/// <summary>
/// Texts that people see, one file each. PIPCACHE_GOLDEN=1 rewrites them; the diff is then to be read.
/// </summary>
internal static class Golden
{
    public static void Matches(string text, string name, [CallerFilePath] string caller = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(caller)!, "Golden", $"{name}.txt");
        if (Environment.GetEnvironmentVariable("PIPCACHE_GOLDEN") == "1")
        {
            File.WriteAllText(path, text);
        }

        text.ShouldBe(File.ReadAllText(path));
    }
}
