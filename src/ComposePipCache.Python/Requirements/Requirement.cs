using System.Buffers;
using ComposePipCache.Python.Commands;
using ComposePipCache.Python.Wheels;

namespace ComposePipCache.Python.Requirements;

/// <summary>One requirement (PEP 508, a path or a URL); what pip would refuse is kept as it is.</summary>
public sealed record Requirement
{
    private static readonly string[] ArchiveEndings =
        [".whl", ".zip", ".tar.gz", ".tgz", ".tar", ".tar.bz2", ".tbz", ".tar.xz", ".txz", ".tlz", ".tar.lz",
         ".tar.lzma"];

    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t[<>=!~(");

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    public required RequirementKind Kind { get; init; }

    /// <summary>The normalized project name; empty where only a path or a URL is given.</summary>
    public string Name { get; init; } = "";

    public IReadOnlyList<string> Extras { get; init; } = [];

    /// <summary>The version clauses, sorted: <c>&lt;3,&gt;=2.1</c>.</summary>
    public string Specifier { get; init; } = "";

    /// <summary>The environment marker, with single spaces.</summary>
    public string Marker { get; init; } = "";

    /// <summary>The path or the URL as it is written; empty for a name alone.</summary>
    public string Location { get; init; } = "";

    /// <summary>True when it names one release, one commit or one content.</summary>
    public bool IsPinned => Kind switch
    {
        RequirementKind.Named => VersionText.IsPinned(Specifier),
        RequirementKind.DirectUrl => RequirementUrl.HasContentHash(Location),
        RequirementKind.VersionControl => RequirementUrl.HasCommit(Location),
        _ => false,
    };

    /// <summary>Reads a requirement as it stands on a command line or on a line of a file.</summary>
    public static Requirement Parse(string text)
    {
        text = text.Trim();
        var kind = Classify(text);
        var marker = SplitMarker(ref text, kind != RequirementKind.Named || TryFindUrl(text, out _));
        var location = "";
        if (TryFindUrl(text, out var url))
        {
            location = text[url..].Trim();
            text = text[..url].TrimEnd(' ', '\t', '@');
        }
        else if (kind != RequirementKind.Named)
        {
            location = text.Trim();
            text = "";
        }

        var nameEnd = text.AsSpan().IndexOfAny(NameEnds);
        var name = nameEnd < 0 ? text : text[..nameEnd];
        var rest = nameEnd < 0 ? "" : text[nameEnd..];
        var extras = VersionText.Extras(ref rest);
        return new Requirement
        {
            Kind = kind,
            Name = ProjectName.Normalize(name),
            Extras = extras,
            Specifier = VersionText.Sort(rest),
            Marker = MarkerText.Normalize(marker),
            Location = location,
        };
    }

    /// <summary>Tells a name from a path and a URL, as pip does before it looks at the disk.</summary>
    public static RequirementKind Classify(string text)
    {
        var location = text.AsSpan().Trim();
        if (TryFindUrl(text, out var url))
        {
            location = text.AsSpan(url).Trim();
        }

        if (RequirementUrl.IsVersionControl(location))
        {
            return RequirementKind.VersionControl;
        }

        if (location.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            return RequirementKind.Local;
        }

        var scheme = location.IndexOf("://");
        if (scheme > 0 && location[..scheme].IndexOfAny(" \t;[") < 0)
        {
            return RequirementKind.DirectUrl;
        }

        return IsPath(location) ? RequirementKind.Local : RequirementKind.Named;
    }

    /// <summary>The requirement in one spelling, without credentials.</summary>
    public override string ToString()
    {
        var extras = Extras.Count > 0 ? $"[{string.Join(',', Extras)}]" : "";
        var marker = Marker.Length > 0 ? $" ; {Marker}" : "";
        var location = UrlCredentials.Remove(Location);
        return (Name.Length, location.Length) switch
        {
            (0, _) => location + marker,
            (_, 0) => $"{Name}{extras}{Specifier}{marker}",
            _ => $"{Name}{extras} @ {location}{marker}",
        };
    }

    private static bool IsPath(ReadOnlySpan<char> text)
    {
        var end = text.IndexOf(';');
        text = (end < 0 ? text : text[..end]).Trim();
        var bracket = text.EndsWith("]") ? text.LastIndexOf('[') : -1;
        text = bracket > 0 ? text[..bracket] : text;
        if (text.StartsWith(".") || text.Contains('/') || text.StartsWith("~"))
        {
            return true;
        }

        foreach (var ending in ArchiveEndings)
        {
            if (text.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && text.IndexOfAny("=<>") < 0)
            {
                return true;
            }
        }

        return false;
    }

    // a URL may hold a semicolon: only one behind a space ends it
    private static string SplitMarker(ref string text, bool isLocation)
    {
        var separator = isLocation
            ? text.IndexOf("; ", StringComparison.Ordinal)
            : text.IndexOf(';', StringComparison.Ordinal);
        if (isLocation && separator < 0)
        {
            separator = text.IndexOf(" ;", StringComparison.Ordinal) is >= 0 and var found ? found + 1 : -1;
        }

        if (separator < 0)
        {
            return "";
        }

        var marker = text[(separator + 1)..];
        text = text[..separator].TrimEnd();
        return marker;
    }

    private static bool TryFindUrl(string text, out int start)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        start = at + 1;
        if (at <= 0)
        {
            return false;
        }

        var name = text.AsSpan(0, at).TrimEnd();
        var bracket = name.EndsWith("]") ? name.IndexOf('[') : -1;
        name = bracket > 0 ? name[..bracket].TrimEnd() : name;
        return !name.IsEmpty && name.IndexOfAnyExcept(NameCharacters) < 0
            && (text.AsSpan(at).Contains("://", StringComparison.Ordinal)
                || text.AsSpan(at + 1).TrimStart().StartsWith("file:", StringComparison.Ordinal));
    }
}
