namespace ComposePipCache.Python.Commands;

/// <summary>Why a part of a step needs the network whatever the wheelhouse holds.</summary>
public enum OnlineKind
{
    /// <summary>A package asked for by its URL.</summary>
    DirectUrl,

    /// <summary>A package asked for from a version control system.</summary>
    VersionControl,

    /// <summary>A requirements or constraints file that lies behind a URL.</summary>
    RemoteRequirements,

    /// <summary>A <c>pylock.toml</c>: its URLs are used as they are.</summary>
    LockedUrls,

    /// <summary><c>setup.py install</c> and <c>easy_install</c>: they obey no variable.</summary>
    SetupPy,

    /// <summary>curl, wget and their like.</summary>
    Download,

    SystemPackages,
    Conda,
    Git,
    Browsers,
    Models,
    NodePackages,

    /// <summary>Package managers of other languages.</summary>
    OtherPackages,

    /// <summary>A script or a tool that may download: what it does is not written in the step.</summary>
    Indirect,
}
