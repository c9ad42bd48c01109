using System.Security.Cryptography;
using System.Text.Json;
using Shouldly;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>The folder of a wheelhouse, looked at from outside.</summary>
internal sealed class Wheelhouse(string root)
{
    /// <summary>Names of the files that are there.</summary>
    public IReadOnlyList<string> Files => [.. Contents().Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    /// <summary>Each file has the content it is filed under, each record can be read.</summary>
    public void ShouldBeIntact(string when)
    {
        foreach (var path in Contents())
        {
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))
                .ShouldBe(Path.GetFileName(Path.GetDirectoryName(path)), when);
        }

        foreach (var path in Under("locks").Concat(Under("layers")).Where(path => path.EndsWith(".json", StringComparison.Ordinal)))
        {
            Should.NotThrow(() => JsonDocument.Parse(File.ReadAllBytes(path)).Dispose(), $"{path} {when}");
        }
    }

    /// <summary>Changes one byte in the middle of a file.</summary>
    public void Spoil(string fileName)
    {
        var path = Contents().Single(path => Path.GetFileName(path) == fileName);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllBytes(path, bytes);
    }

    private IEnumerable<string> Contents() => Under("wheels");

    private IEnumerable<string> Under(string folder) => Path.Combine(root, folder) is var path && Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
        : [];
}
