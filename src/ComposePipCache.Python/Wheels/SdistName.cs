namespace ComposePipCache.Python.Wheels;

/// <summary>The name of a source distribution: <c>name-version.tar.gz</c>, and older spellings.</summary>
public sealed record SdistName
{
    private SdistName()
    {
    }

    public required string FileName { get; init; }

    /// <summary>As indexes compare it.</summary>
    public required string Project { get; init; }

    public required PythonVersion Version { get; init; }

    /// <summary>Null where the name tells no project and version, or is not safe as a file's.</summary>
    /// <param name="fileName">The last part of a URL, decoded.</param>
    /// <param name="project">Where it is known: names with dashes are then not guessed at.</param>
    public static SdistName? Parse(string fileName, string? project = null)
    {
        if (FileKinds.SdistEnding(fileName) is not { } ending || !Wheels.FileName.IsSafe(fileName))
        {
            return null;
        }

        var stem = fileName[..^ending.Length];
        var wanted = project is null ? null : ProjectName.Normalize(project);
        // from the right: a project may have dashes, its version rarely has
        for (var dash = stem.LastIndexOf('-'); dash > 0; dash = stem.LastIndexOf('-', dash - 1))
        {
            var name = ProjectName.Normalize(stem[..dash]);
            if ((wanted is null || wanted == name) && PythonVersion.Parse(stem[(dash + 1)..]) is { } version)
            {
                return new SdistName { FileName = fileName, Project = name, Version = version };
            }
        }

        return null;
    }

    public override string ToString() => FileName;
}
