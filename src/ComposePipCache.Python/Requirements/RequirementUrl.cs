using System.Buffers;

namespace ComposePipCache.Python.Requirements;

/// <summary>What can be told of a URL by its text.</summary>
internal static class RequirementUrl
{
    private static readonly SearchValues<char> HexCharacters = SearchValues.Create("0123456789abcdefABCDEF");

    private const int CommitLength = 40;

    private static readonly string[] Systems = ["git+", "hg+", "svn+", "bzr+", "git://", "git@"];

    private static readonly string[] Hashes =
        ["sha256=", "sha384=", "sha512=", "sha3_256=", "blake2b=", "sha224=", "sha1=", "md5="];

    public static bool IsVersionControl(ReadOnlySpan<char> url)
    {
        foreach (var system in Systems)
        {
            if (url.StartsWith(system, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when the fragment names the digest of the file.</summary>
    public static bool HasContentHash(string url)
    {
        var fragment = url.IndexOf('#', StringComparison.Ordinal);
        return fragment >= 0 && url[(fragment + 1)..].Split('&')
            .Any(part => Array.Exists(Hashes, hash => part.StartsWith(hash, StringComparison.Ordinal)));
    }

    /// <summary>True when the URL of a repository ends in a whole commit id.</summary>
    public static bool HasCommit(string url)
    {
        var fragment = url.IndexOf('#', StringComparison.Ordinal);
        var address = fragment < 0 ? url : url[..fragment];
        var at = address.LastIndexOf('@');
        return at >= 0 && address.Length - at - 1 == CommitLength
            && address.AsSpan(at + 1).IndexOfAnyExcept(HexCharacters) < 0;
    }
}
