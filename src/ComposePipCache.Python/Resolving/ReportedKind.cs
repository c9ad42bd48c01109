namespace ComposePipCache.Python.Resolving;

/// <summary>What pip takes a project from.</summary>
public enum ReportedKind
{
    /// <summary>A wheel or an sdist behind a URL.</summary>
    Archive,

    /// <summary>A wheel or an sdist of the image, from a folder of find-links or by its path.</summary>
    LocalArchive,

    /// <summary>A folder of the image.</summary>
    Folder,

    /// <summary>A repository.</summary>
    VersionControl,
}
