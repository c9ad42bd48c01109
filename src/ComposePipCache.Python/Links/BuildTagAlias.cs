namespace ComposePipCache.Python.Links;

/// <summary>The name under which a wheel is offered: with a build tag, so that pip takes it before the index's.</summary>
/// <remarks>
/// Of two equal versions pip takes the one with the higher build tag, and one with a tag before one without. The name
/// changes nothing else: tags, version and content are the wheel's own (packaging/utils.py parse_wheel_filename).
/// </remarks>
public static class BuildTagAlias
{
    private const string WheelEnding = ".whl";
    private const string Suffix = "pc";
    private const int PartsWithoutBuild = 5;
    private const int PartsWithBuild = 6;
    private const int Build = 2;

    /// <summary>The alias of a file; sdists and names that are no wheel's keep theirs.</summary>
    /// <remarks>A wheel that has a build tag keeps its number and gets letters behind it: (1, "pc") is above (1, "").</remarks>
    public static string Of(string fileName)
    {
        if (!fileName.EndsWith(WheelEnding, StringComparison.OrdinalIgnoreCase))
        {
            return fileName;
        }

        var parts = fileName.Split('-');
        return parts.Length switch
        {
            PartsWithoutBuild => string.Join('-', [.. parts[..Build], "0", .. parts[Build..]]),
            PartsWithBuild => string.Join('-', [.. parts[..Build], parts[Build] + Suffix, .. parts[(Build + 1)..]]),
            _ => fileName,
        };
    }

    /// <summary>The wheel's own name, from its alias.</summary>
    public static string Reverse(string alias)
    {
        var parts = alias.Split('-');
        return parts.Length != PartsWithBuild || !alias.EndsWith(WheelEnding, StringComparison.OrdinalIgnoreCase) ? alias
            : parts[Build] == "0" ? string.Join('-', [.. parts[..Build], .. parts[(Build + 1)..]])
            : parts[Build].EndsWith(Suffix, StringComparison.Ordinal)
                ? string.Join('-', [.. parts[..Build], parts[Build][..^Suffix.Length], .. parts[(Build + 1)..]])
                : alias;
    }
}
