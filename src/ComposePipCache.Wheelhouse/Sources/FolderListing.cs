using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Sources;

/// <summary>Sorts the entries of a folder into files to offer, files to name, and the rest.</summary>
internal sealed class FolderListing
{
    private const string WheelEnding = ".whl";

    private readonly string _folder;
    private readonly Dictionary<string, FileFacts> _known;
    private readonly List<FolderFile> _files = [];
    private readonly List<FolderProblem> _problems = [];
    private readonly List<FileFacts> _facts = [];

    private FolderListing(string folder, IEnumerable<FileFacts> known)
    {
        _folder = folder;
        _known = known.DistinctBy(facts => facts.FileName, StringComparer.Ordinal)
            .ToDictionary(facts => facts.FileName, StringComparer.Ordinal);
    }

    public IReadOnlyList<FolderFile> Files => _files;

    public IReadOnlyList<FolderProblem> Problems => _problems;

    /// <summary>What is now known about the files to offer and those to name.</summary>
    public IReadOnlyList<FileFacts> Facts => _facts;

    public int SkippedCount { get; private set; }

    public static FolderListing Of(string folder, IEnumerable<FileFacts> known)
    {
        var listing = new FolderListing(folder, known);
        listing.Read();
        return listing;
    }

    private void Read()
    {
        try
        {
            foreach (var entry in new DirectoryInfo(_folder).GetFileSystemInfos().OrderBy(Name, StringComparer.Ordinal))
            {
                Sort(entry);
            }
        }
        catch (DirectoryNotFoundException)
        {
            _problems.Add(FolderProblems.Missing(_folder));
        }
        catch (Exception error) when (WriteFailures.IsFailure(error))
        {
            _problems.Add(FolderProblems.Unreadable(_folder, error.Message));
        }
    }

    private static string Name(FileSystemInfo entry) => entry.Name;

    private void Sort(FileSystemInfo entry)
    {
        var name = entry.Name;
        if (entry is DirectoryInfo || name.StartsWith('.'))
        {
            SkippedCount++;
        }
        else if (PackageFileName.IsWheel(name) || IsNamedLikeSdist(name))
        {
            Look(name, entry.FullName);
        }
        else if (name.EndsWith(WheelEnding, StringComparison.OrdinalIgnoreCase))
        {
            LeaveOut(name, FolderProblemKind.BadName, "a file with such a name cannot be offered");
        }
        else
        {
            SkippedCount++;
        }
    }

    // NAME-VERSION; other archives are somebody's data.
    private static bool IsNamedLikeSdist(string name)
    {
        var dash = name.AsSpan().IndexOf('-');
        return PackageFileName.IsSdist(name) && dash > 0 && name.AsSpan(dash).ContainsAnyInRange('0', '9');
    }

    private void Look(string name, string path)
    {
        if (FileStamp.Of(path) is not { } stamp)
        {
            LeaveOut(name, FolderProblemKind.FileUnreadable, "it is no file, or a link to nothing");
            return;
        }

        var facts = _known.GetValueOrDefault(name) is { } known && known.Stamp == stamp
            ? known
            : Inspect(name, path, stamp);
        if (facts.Problem is not FolderProblemKind.FileUnreadable)
        {
            _facts.Add(facts);
        }

        if (facts.Problem is { } problem)
        {
            LeaveOut(name, problem, facts.Reason ?? "");
        }
        else
        {
            _files.Add(new FolderFile(name, path, stamp.Size));
        }
    }

    private static FileFacts Inspect(string name, string path, FileStamp stamp)
    {
        var verdict = FileInspection.Inspect(path);
        return new FileFacts { FileName = name, Stamp = stamp, Problem = verdict.Problem, Reason = verdict.Reason };
    }

    private void LeaveOut(string name, FolderProblemKind kind, string reason) =>
        _problems.Add(FolderProblems.LeftOut(_folder, name, kind, reason));
}
