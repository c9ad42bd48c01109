using System.Security.Cryptography;
using System.Text;

namespace ComposePipCache.Build.Bake;

/// <summary>Keeps the text of inline Dockerfiles as files, because the daemon pulls directories.</summary>
/// <remarks>
/// Addressed by content and left in place: nothing to sweep after a kill, and an unchanged text is not sent again.
/// </remarks>
internal sealed class InlineDockerfiles(string cacheDirectory)
{
    /// <summary>A directory that holds nothing but this Dockerfile.</summary>
    public string DirectoryFor(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var directory = Path.Combine(cacheDirectory, "inline", Convert.ToHexStringLower(SHA256.HashData(bytes)));
        var path = Path.Combine(directory, "Dockerfile");
        if (!File.Exists(path))
        {
            Write(path, bytes);
        }

        return directory;
    }

    private void Write(string path, byte[] bytes)
    {
        try
        {
            PrivateDirectory.Create(Path.GetDirectoryName(path)!);
            var temporary = Path.Combine(cacheDirectory, "inline", Path.GetRandomFileName());
            File.WriteAllBytes(temporary, bytes);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CacheErrors.Unusable(cacheDirectory, error);
        }
    }
}
