using ComposePipCache.Python.Text;

namespace ComposePipCache.Python.Failures;

/// <summary>Goes once through a text, line by line, and keeps what tells of a failure.</summary>
internal sealed class EvidenceScanner(IReadOnlySet<string>? requiredHashes)
{
    private const int Most = 200;

    private readonly TracebackWatch _tracebacks = new();
    private readonly HashWatch _hashes = new(requiredHashes);
    private readonly EmptyPageWatch _pages = new();
    private readonly List<NetworkEvidence> _network = [];
    private readonly List<OtherEvidence> _other = [];
    private int _selfCheckFrom = -1;

    public IReadOnlyList<NetworkEvidence> Network => _network;

    public IReadOnlyList<OtherEvidence> Other => _other;

    /// <summary>pip was to look nowhere but in folders and pages of links.</summary>
    public bool IsWithoutIndex { get; private set; }

    public static EvidenceScanner Scan(string text, IReadOnlySet<string>? requiredHashes)
    {
        var scanner = new EvidenceScanner(requiredHashes);
        foreach (var line in text.EnumerateLines())
        {
            scanner.Add(line.ToString());
        }

        return scanner;
    }

    private void Add(string raw)
    {
        var line = LogLine.Parse(raw);
        if (_tracebacks.IsDamagedFile(line))
        {
            Keep(line.Evidence(NetworkCause.Damaged, EvidenceStrength.Likely));
        }

        Keep(_tracebacks.Match(line));
        Keep(_pages.Match(line));
        WatchSelfCheck(line);
        if (line.Starts("Found link ") || line.Starts("Skipping link") || line.Starts("File \""))
        {
            return;
        }

        var (damaged, mismatch) = _hashes.Match(line);
        Keep(damaged);
        Keep(mismatch);
        Keep(PipNetworkLines.Match(line) ?? ToolNetworkLines.Match(line) ?? CommandNetworkLines.Match(line));
        Keep(OtherLines.Match(line));
        IsWithoutIndex = (IsWithoutIndex || line.Starts("Looking in links: ")) && !line.Starts("Looking in indexes: ");
    }

    // pip looks for a newer pip after the work is done; that this fails means nothing
    private void WatchSelfCheck(LogLine line)
    {
        if (line.Has("location(s) to search for versions of pip:"))
        {
            _selfCheckFrom = _network.Count;
        }
        else if (_selfCheckFrom >= 0 && (line.Starts("No remote pip version found") ||
            line.Starts("There was an error checking the latest version")))
        {
            _network.RemoveRange(_selfCheckFrom, _network.Count - _selfCheckFrom);
            _selfCheckFrom = -1;
        }
    }

    private void Keep(NetworkEvidence? evidence)
    {
        if (evidence is not null && _network.Count < Most)
        {
            _network.Add(evidence);
        }
    }

    private void Keep(OtherEvidence? evidence)
    {
        if (evidence is not null && _other.Count < Most)
        {
            _other.Add(evidence);
        }
    }
}
