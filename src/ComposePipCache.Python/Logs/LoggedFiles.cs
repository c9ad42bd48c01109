using ComposePipCache.Python.Commands;
using ComposePipCache.Python.Text;
using ComposePipCache.Python.Wheels;

namespace ComposePipCache.Python.Logs;

/// <summary>Collects the files of a log: candidates from pages, and which of them were used.</summary>
internal sealed class LoggedFiles
{
    private const string TrackerMark = " to build tracker ";

    // the last candidate of a name counts: pip 20.3 and newer take the last of equals
    private readonly Dictionary<string, LogLink> _candidates = [];
    private readonly Dictionary<string, LogLink> _candidatesByUrl = [];
    private readonly HashSet<Use> _uses = [];
    private readonly List<Use> _order = [];
    private readonly HashSet<string> _downloaded = [];
    private readonly HashSet<string> _fromCache = [];
    private readonly HashSet<string> _exact = [];
    private readonly HashSet<string> _credentialHosts = [];

    /// <summary>True where the line was about a file.</summary>
    public bool Add(LogLine line)
    {
        var text = line.Text;
        if (After(text, "Found link ") is { } found)
        {
            AddCandidate(found);
        }
        else if (After(text, "Downloading link ") is { } downloaded)
        {
            Exactly(LogLink.Parse(downloaded));
        }
        else if ((After(text, "Downloading ") ?? After(text, "Resuming download ")) is { } name)
        {
            ByName(name, isFromCache: false);
        }
        else if (After(text, "Using cached wheel link: ") is { } kept)
        {
            Exactly(LogLink.Parse(kept));
        }
        else if (After(text, "Using cached ") is { } cached)
        {
            ByName(cached, isFromCache: true);
        }
        else if (After(text, "Collecting ") is { } requirement)
        {
            AddDirect(requirement);
        }
        else if (After(text, "Processing ") is { } path)
        {
            ByName(path, isFromCache: false, isLocal: true);
        }
        else if (text.StartsWith("Added ", StringComparison.Ordinal) && line.Has(TrackerMark))
        {
            Tracked(text["Added ".Length..text.IndexOf(TrackerMark, StringComparison.Ordinal)]);
        }
        else
        {
            return text.StartsWith("Skipping link", StringComparison.Ordinal);
        }

        return true;
    }

    /// <summary>Keeps the hosts pip has credentials for.</summary>
    public void AddHosts(string indexes)
    {
        foreach (var index in indexes.Split(", "))
        {
            if (UrlCredentials.Remove(index) != index && UrlFinder.HostOf(index) is { } host)
            {
                _credentialHosts.Add(host);
            }
        }
    }

    public IReadOnlyList<LoggedFile> List(IReadOnlyList<string> indexes)
    {
        var files = new List<LoggedFile>();
        var urls = new HashSet<string>();
        foreach (var use in _order)
        {
            var link = use.Link ?? _candidates.GetValueOrDefault(use.FileName);
            var isNamedBetter = use.Link is null && _exact.Contains(use.FileName);
            if (!isNamedBetter && urls.Add(link?.Url ?? use.FileName))
            {
                files.Add(Describe(use, link, indexes));
            }
        }

        return files;
    }

    private LoggedFile Describe(Use use, LogLink? link, IReadOnlyList<string> indexes)
    {
        var known = link is null ? null : _candidatesByUrl.GetValueOrDefault(link.Url);
        var host = UrlFinder.HostOf(link?.Url);
        return new LoggedFile(
            use.FileName, link?.Url, link?.Sha256 ?? known?.Sha256, FileKinds.Of(use.FileName),
            SourceOf(use, link, known, indexes))
        {
            Page = known?.Page,
            IsFromCache = _fromCache.Contains(use.FileName) && !_downloaded.Contains(use.FileName),
            NeedsCredentials = link?.HasCredentials == true || known?.HasCredentials == true
                || (host is not null && _credentialHosts.Contains(host)),
        };
    }

    private static FileSource SourceOf(Use use, LogLink? link, LogLink? known, IReadOnlyList<string> indexes)
    {
        if (link?.Url.StartsWith("file:", StringComparison.Ordinal) ?? use.IsLocal)
        {
            return link is not null && WheelCachePath.IsMatch(link.Url) ? FileSource.WheelCache
                : known is null ? FileSource.Local
                : FileSource.FindLinks;
        }

        if (known?.Page is not { } page)
        {
            return FileSource.Direct;
        }

        // pip 9 does not tell its indexes
        return indexes.Count == 0 || indexes.Any(index => page.StartsWith(index.TrimEnd('/') + "/", StringComparison.Ordinal))
            ? FileSource.Index
            : FileSource.FindLinks;
    }

    private void AddCandidate(string text)
    {
        if (LogLink.Parse(text) is { } link)
        {
            _candidates[link.FileName] = link;
            _candidatesByUrl[link.Url] = link;
        }
    }

    // NAME@ URL, NAME @ URL or a URL alone
    private void AddDirect(string requirement)
    {
        var at = requirement.IndexOf("@ ", StringComparison.Ordinal);
        if (LogLink.Parse(at < 0 ? requirement : requirement[(at + 2)..]) is { } link)
        {
            _candidates[link.FileName] = link;
        }
    }

    private void Exactly(LogLink? link)
    {
        if (link is not null && FileKinds.Of(link.FileName) != FileKind.Other)
        {
            Keep(new Use(link.FileName, link, IsLocal: false));
        }
    }

    // NAME or URL, then the size or the file of requirements in brackets
    private void ByName(string text, bool isFromCache, bool isLocal = false)
    {
        var bracket = text.IndexOf(" (", StringComparison.Ordinal);
        var whole = bracket < 0 ? text : text[..bracket];
        var link = isLocal ? null : LogLink.Parse(whole);
        var name = link?.FileName ?? LogLink.NameOf(whole);
        if (FileKinds.Of(name) != FileKind.Other)
        {
            Keep(new Use(name, link, isLocal));
            if (!isLocal)
            {
                (isFromCache ? _fromCache : _downloaded).Add(name);
            }
        }
    }

    // REQUIREMENT from URL (from PARENT), or a URL alone; a requirement may hold a URL of its own
    private void Tracked(string text)
    {
        const string From = " from ";
        var parent = text.IndexOf(" (from ", StringComparison.Ordinal);
        var plain = parent < 0 ? text : text[..parent];
        var last = plain.LastIndexOf(From, StringComparison.Ordinal);
        Exactly(LogLink.Parse(last < 0 ? plain : plain[(last + From.Length)..]));
    }

    private void Keep(Use use)
    {
        if (_uses.Add(use))
        {
            _order.Add(use);
        }

        if (use.Link is not null)
        {
            _exact.Add(use.FileName);
        }
    }

    private static string? After(string text, string start) =>
        text.StartsWith(start, StringComparison.Ordinal) ? text[start.Length..] : null;

    private sealed record Use(string FileName, LogLink? Link, bool IsLocal);
}
