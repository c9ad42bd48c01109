namespace ComposePipCache.Python.Wheels;

/// <summary>The name of a wheel, taken apart (PEP 427): <c>name-version(-build)?-python-abi-platform.whl</c>.</summary>
public sealed record WheelName
{
    private const string Ending = ".whl";
    private const int MostTags = 4096;

    private WheelName()
    {
    }

    public required string FileName { get; init; }

    /// <summary>As the wheel spells it.</summary>
    public required string Name { get; init; }

    /// <summary>As indexes compare it.</summary>
    public required string Project { get; init; }

    public required PythonVersion Version { get; init; }

    public BuildTag? Build { get; private init; }

    /// <summary>The compressed sets, unfolded.</summary>
    public required IReadOnlyList<CompatibilityTag> Tags { get; init; }

    /// <summary>Needs no particular platform.</summary>
    public bool IsPure => Tags.All(tag => tag.Platform == "any");

    /// <summary>Null where pip would not take the name, or where it is not safe as a file's.</summary>
    public static WheelName? Parse(string fileName)
    {
        if (!fileName.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) || !Wheels.FileName.IsSafe(fileName))
        {
            return null;
        }

        var parts = fileName[..^Ending.Length].Split('-');
        if (parts.Length is not (5 or 6) || !IsName(parts[0]) ||
            PythonVersion.Parse(parts[1].Replace('_', '-')) is not { } version)
        {
            return null;
        }

        var build = parts.Length == 6 ? parts[2] : null;
        if (build is not null && (build.Length == 0 || !char.IsAsciiDigit(build[0])))
        {
            return null;
        }

        return Unfold(parts[^3..]) is { } tags
            ? new WheelName
            {
                FileName = fileName,
                Name = parts[0],
                Project = ProjectName.Normalize(parts[0]),
                Version = version,
                Build = build is null ? null : new BuildTag(build),
                Tags = tags,
            }
            : null;
    }

    public override string ToString() => FileName;

    private static bool IsName(string text) =>
        text.Length > 0 && !text.Contains("__", StringComparison.Ordinal)
        && text.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '.');

    private static CompatibilityTag[]? Unfold(string[] parts)
    {
        var sets = Array.ConvertAll(parts, part => part.ToLowerInvariant().Split('.'));
        var isProper = sets.All(set => Array.TrueForAll(set, IsTag));
        return isProper && (long)sets[0].Length * sets[1].Length * sets[2].Length <= MostTags
            ? [.. from python in sets[0] from abi in sets[1] from platform in sets[2]
                  select new CompatibilityTag(python, abi, platform)]
            : null;
    }

    private static bool IsTag(string text) =>
        text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
}
