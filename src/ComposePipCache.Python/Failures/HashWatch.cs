using ComposePipCache.Python.Text;

namespace ComposePipCache.Python.Failures;

/// <summary>
/// Tells the two kinds of wrong files apart: up to 25.0 pip takes a download that ends early for the whole file,
/// and the only traces are a progress bar that stops and the index's own hash that does not fit.
/// </summary>
internal sealed class HashWatch(IReadOnlySet<string>? requiredHashes)
{
    private const string Fragment = "#sha256=";
    private const string Expected = "Expected sha256 ";

    // pip 25.1 and newer check files that were fetched in one go without naming them, and in hash mode they do not
    private const string Nameless = "unknown package:";

    private readonly HashSet<string> _cached = [];
    private LogLine? _package;
    private LogLine? _file;
    private bool _isListing;
    private bool _isIncomplete;

    /// <summary>One of the two, or neither.</summary>
    public (NetworkEvidence? Network, OtherEvidence? Other) Match(LogLine line)
    {
        if (line.Starts("Downloading ") || line.Starts("Using cached "))
        {
            WatchFile(line);
        }
        else if (ProgressBar.IsIncomplete(line.Text) is { } isIncomplete)
        {
            _isIncomplete = isIncomplete;
        }
        else if (line.Starts("Wheel '") && line.Has(" located at ") && line.Has(" is invalid"))
        {
            return JudgeWheel(line);
        }
        else if (line.Has("DO NOT MATCH THE HASHES"))
        {
            (_isListing, _package) = (true, null);
        }
        else if (_isListing && line.Starts(Expected) && _package is { } package)
        {
            _isListing = false;
            return Judge(package, line.Text[Expected.Length..].Trim());
        }
        else if (_isListing && (line.Text == Nameless || (line.Has(" from ") && line.Text.EndsWith(':'))))
        {
            _package = line;
        }

        return default;
    }

    private void WatchFile(LogLine line)
    {
        (_file, _isIncomplete) = (line, false);
        if (line.Starts("Using "))
        {
            _cached.Add(line.Text["Using cached ".Length..].Split(' ')[0].Split('/')[^1]);
        }
    }

    private (NetworkEvidence?, OtherEvidence?) Judge(LogLine package, string expected)
    {
        if (_isIncomplete)
        {
            return (Damage(package, NetworkCause.CutShort), null);
        }

        return IsOfIndex(package, expected)
            ? (Damage(package, IsFromCache(package) ? NetworkCause.DamagedInCache : NetworkCause.Damaged), null)
            : (null, package.Other(OtherCause.HashMismatch));
    }

    // pip 22.2 to 22.3 do not compare the hashes of JSON pages: a file that ended early is then no zip archive
    private (NetworkEvidence?, OtherEvidence?) JudgeWheel(LogLine line)
    {
        if (_file is not { } file || !line.Has("/pip-unpack-"))
        {
            return (null, line.Other(OtherCause.InvalidWheel));
        }

        var cause = _isIncomplete ? NetworkCause.CutShort
            : file.Starts("Using ") ? NetworkCause.DamagedInCache
            : NetworkCause.Damaged;
        return (file.Evidence(cause, EvidenceStrength.Certain), null);
    }

    private NetworkEvidence Damage(LogLine package, NetworkCause cause) =>
        (package.Text == Nameless && _file is { } file ? file : package).Evidence(cause, EvidenceStrength.Certain);

    private bool IsOfIndex(LogLine package, string expected)
    {
        if (package.Has(" from file:"))
        {
            return false;
        }

        if (package.Text.IndexOf(Fragment, StringComparison.Ordinal) is var at && at >= 0)
        {
            return string.CompareOrdinal(package.Text, at + Fragment.Length, expected, 0, expected.Length) == 0;
        }

        return package.Text == Nameless
            || (requiredHashes is not null
                ? !requiredHashes.Contains(expected)
                : !package.Has("(from -r ") && !package.Has("(from -c "));
    }

    private bool IsFromCache(LogLine package) => package.Text == Nameless
        ? _file?.Starts("Using ") == true
        : UrlFinder.First(package.Text) is { } url && _cached.Contains(url.Split('#')[0].Split('/')[^1]);
}
