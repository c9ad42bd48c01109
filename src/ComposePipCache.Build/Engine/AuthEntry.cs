using System.Text;
using ComposePipCache.BuildKit.Session;

namespace ComposePipCache.Build.Engine;

/// <summary>Reads the entries of <c>auths</c>, which are the same in config.json and in DOCKER_AUTH_CONFIG.</summary>
internal static class AuthEntry
{
    /// <summary>What an entry holds; null for one without a secret, as logins with a helper leave behind.</summary>
    public static RegistryCredential? Decode(string key, RegistryAuth auth)
    {
        var (user, password) = auth.Encoded is { } encoded
            ? Split(key, encoded)
            : (auth.Username ?? "", auth.Password ?? "");
        if (auth.IdentityToken is { } token)
        {
            return new RegistryCredential("", token);
        }

        return user.Length > 0 || password.Length > 0 ? new RegistryCredential(user, password) : null;
    }

    /// <summary>The host in a key that may be a URL, as docker reads it.</summary>
    public static string HostOf(string key)
    {
        var scheme = key.IndexOf("://", StringComparison.Ordinal);
        var rest = scheme < 0 ? key : key[(scheme + 3)..];
        var end = rest.IndexOfAny(['/', '?', '#']);
        var host = end < 0 ? rest : rest[..end];
        return scheme < 0 ? host : host[(host.LastIndexOf('@') + 1)..];
    }

    private static (string User, string Password) Split(string key, string encoded)
    {
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
        {
            throw new PipCacheException(CredentialErrors.BadEntry(key, "`auth` is not base64"));
        }

        // Very old clients padded the password with zeros.
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            ? (text[..colon], text[(colon + 1)..].Trim('\0'))
            : throw new PipCacheException(CredentialErrors.BadEntry(key, "`auth` does not hold `user:password`"));
    }
}
