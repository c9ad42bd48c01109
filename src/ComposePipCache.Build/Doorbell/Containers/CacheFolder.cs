using System.Globalization;

namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>One user's part of the cache mount.</summary>
public sealed record CacheFolder
{
    private CacheFolder(string scope, string name, string user)
    {
        Scope = PathSegment.Check(scope);
        Name = PathSegment.Check(name);
        User = user;
    }

    /// <summary>Who may share it.</summary>
    public string Scope { get; }

    /// <summary>The folder; equal for all spellings of root.</summary>
    public string Name { get; }

    /// <summary>As the step's USER says: empty, a name or a number, and perhaps a group.</summary>
    public string User { get; }

    /// <summary>Selector of the step's mount.</summary>
    public string Selector => $"/{Scope}/{Name}";

    /// <summary>The folder of a step's USER; a group changes nothing.</summary>
    public static CacheFolder Of(string scope, string user)
    {
        var name = user.Split(':')[0];
        return new CacheFolder(scope, name is "" or "root" ? "0" : string.Concat(name.Select(Escape)), user);
    }

    private static string Escape(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '-' or '_'
            ? character.ToString()
            : string.Create(CultureInfo.InvariantCulture, $"%{(int)character:X2}");
}
