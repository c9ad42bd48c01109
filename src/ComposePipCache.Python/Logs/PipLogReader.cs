using System.Globalization;
using ComposePipCache.Python.Commands;
using ComposePipCache.Python.Failures;
using ComposePipCache.Python.Text;

namespace ComposePipCache.Python.Logs;

/// <summary>Reads a PIP_LOG in one pass, line by line; a log of many megabytes is fine.</summary>
/// <remarks>
/// pip 23 names the URL when it downloads, pip 26 the file alone: the URL then stands in a line of its own behind it,
/// in the line about the build tracker, or in the links that were found before.
/// </remarks>
public sealed class PipLogReader
{
    private readonly LoggedFiles _files = new();
    private readonly List<BuiltWheel> _built = [];
    private readonly List<PageFailure> _failures = [];
    private readonly OrderedSet _installed = new();
    private readonly OrderedSet _indexes = new();
    private readonly OrderedSet _repositories = new();
    private readonly OrderedSet _pips = new();
    private int _satisfied;
    private int _selfCheckFrom = -1;

    public static PipLogSummary Read(TextReader log)
    {
        var reader = new PipLogReader();
        while (log.ReadLine() is { } line)
        {
            reader.Add(line);
        }

        return reader.Finish();
    }

    public void Add(string line)
    {
        var parsed = LogLine.Parse(line);
        if (parsed.Text.Length == 0 || _files.Add(parsed))
        {
            return;
        }

        if (PageFailure.Parse(parsed) is { } failure)
        {
            _failures.Add(failure);
        }
        else if (!AddBuilt(parsed))
        {
            AddOther(parsed);
        }
    }

    public PipLogSummary Finish() => new()
    {
        Files = _files.List(_indexes.Items),
        BuiltWheels = _built,
        Failures = [.. _failures.Distinct()],
        Installed = _installed.Items,
        Indexes = _indexes.Items,
        Repositories = _repositories.Items,
        PipVersions = _pips.Items,
        SatisfiedCount = _satisfied,
    };

    // Created wheel for NAME: filename=… size=… sha256=…, then Stored in directory: …
    private bool AddBuilt(LogLine line)
    {
        const string Created = "Created wheel for ";
        const string Stored = "Stored in directory: ";
        if (line.Starts(Stored))
        {
            if (_built.Count > 0)
            {
                _built[^1] = _built[^1] with { StoredIn = line.Text[Stored.Length..] };
            }

            return true;
        }

        if (!line.Starts(Created) || Field(line.Text, " filename=") is not { } name)
        {
            return false;
        }

        var project = line.Text[Created.Length..line.Text.IndexOf(':', StringComparison.Ordinal)];
        _ = long.TryParse(
            Field(line.Text, " size="), NumberStyles.None, CultureInfo.InvariantCulture, out var size);
        var wheel = new BuiltWheel(project, name, size, Field(line.Text, " sha256=") ?? "", null);
        // a child's line comes twice, from the child and from the parent that repeats its output
        if (!_built.Exists(known => known with { StoredIn = null } == wheel))
        {
            _built.Add(wheel);
        }

        return true;
    }

    private void AddOther(LogLine line)
    {
        if (After(line, "Successfully installed ") is { } installed)
        {
            _installed.AddAll(installed.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }
        else if (line.Starts("Requirement already ") && line.HasTime)
        {
            _satisfied++;
        }
        else if (After(line, "Looking in indexes: ") is { } indexes)
        {
            _files.AddHosts(indexes);
            _indexes.AddAll(UrlCredentials.Remove(indexes).Split(", "));
        }
        else if (After(line, "Using pip ") is { } pip)
        {
            _pips.Add(pip.Split(' ')[0]);
        }
        else if (After(line, "Cloning ") is { } clone)
        {
            AddRepository(clone.Split(' '));
        }
        else if (line.Has("location(s) to search for versions of pip:"))
        {
            _selfCheckFrom = _failures.Count;
        }
        else if (_selfCheckFrom >= 0 && line.Starts("No remote pip version found"))
        {
            _failures.RemoveRange(_selfCheckFrom, _failures.Count - _selfCheckFrom);
            _selfCheckFrom = -1;
        }
    }

    // Cloning URL to …, or Cloning hg URL to …
    private void AddRepository(string[] words) =>
        _repositories.Add(UrlCredentials.Remove(words is ["hg", var second, ..] ? second : words[0]));

    private static string? After(LogLine line, string start) => line.Starts(start) ? line.Text[start.Length..] : null;

    private static string? Field(string text, string mark)
    {
        var found = text.IndexOf(mark, StringComparison.Ordinal);
        if (found < 0)
        {
            return null;
        }

        var start = found + mark.Length;
        var end = text.IndexOf(' ', start);
        return end < 0 ? text[start..] : text[start..end];
    }
}
