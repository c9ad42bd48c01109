using ComposePipCache.Python.Wheels;

namespace ComposePipCache.Python.Index;

/// <summary>A file that pip could take for a project, with all that pip compares.</summary>
internal sealed class Candidate
{
    private Candidate()
    {
    }

    public required IndexFile File { get; init; }

    public required PythonVersion Version { get; init; }

    /// <summary>Null where that depends on a number of the interpreter's version that is not known.</summary>
    public required bool? IsForInterpreter { get; init; }

    /// <summary>1 for a wheel where those are preferred.</summary>
    private int Preference { get; init; }

    /// <summary>The place of its tag, 0 is best; below all others for an sdist.</summary>
    private int Rank { get; init; } = int.MaxValue;

    private BuildTag? Build { get; init; }

    /// <summary>Null for a file that pip would pass over.</summary>
    public static Candidate? Of(IndexFile file, string project, CandidateRules rules)
    {
        var formats = rules.FormatsOf(project);
        var isForInterpreter = rules.IgnoresRequiresPython ? true : rules.Environment.Accepts(file.RequiresPython);
        if (isForInterpreter == false)
        {
            return null;
        }

        if (FileKinds.Of(file.FileName) != FileKind.Wheel)
        {
            return formats.Sdists && SdistName.Parse(file.FileName, project) is { } sdist
                ? new Candidate
                {
                    File = file,
                    Version = sdist.Version,
                    IsForInterpreter = isForInterpreter,
                }
                : null;
        }

        return formats.Wheels && WheelName.Parse(file.FileName) is { } wheel && wheel.Project == project
            && rules.Tags.Rank(wheel) is { } rank
                ? new Candidate
                {
                    File = file,
                    Version = wheel.Version,
                    IsForInterpreter = isForInterpreter,
                    Preference = rules.IsPreferBinary ? 1 : 0,
                    Rank = rank,
                    Build = wheel.Build,
                }
                : null;
    }

    public bool IsAllowedByHash(ProjectDemand demand) =>
        File.Sha256 is { } sha256 && demand.Sha256s.Contains(sha256);

    /// <summary>False where pip would try the other one first.</summary>
    public bool IsAtLeastAsGoodAs(Candidate? other, ProjectDemand demand)
    {
        if (other is null)
        {
            return true;
        }

        int[] steps =
        [
            IsAllowedByHash(demand).CompareTo(other.IsAllowedByHash(demand)),
            other.File.IsYanked.CompareTo(File.IsYanked),
            Preference.CompareTo(other.Preference),
            Version.CompareTo(other.Version),
            other.Rank.CompareTo(Rank),
            Comparer<BuildTag>.Default.Compare(Build, other.Build),
        ];
        return Array.Find(steps, step => step != 0) >= 0;
    }
}
