using ComposePipCache.Python.Commands;

namespace ComposePipCache.Build.Passes;

/// <summary>The variables a step gets as optional secrets: their values stay outside the cache key.</summary>
/// <remarks>
/// A variable whose secret is missing is set to nothing, over the author's own. So each one is always answered, and
/// only those are named here for which the tool is known to take a neutral value.
/// </remarks>
internal static class Switches
{
    public const string FindLinks = "PIP_FIND_LINKS";
    public const string NoIndex = "PIP_NO_INDEX";
    public const string Retries = "PIP_RETRIES";
    public const string Timeout = "PIP_TIMEOUT";
    public const string DefaultTimeout = "PIP_DEFAULT_TIMEOUT";
    public const string Log = "PIP_LOG";
    public const string CacheDir = "PIP_CACHE_DIR";
    public const string NoCacheDir = "PIP_NO_CACHE_DIR";

    /// <summary>Variables that point a tool at a folder of ours, with its name below the cache mount.</summary>
    public static IReadOnlyDictionary<string, string> CacheFolders { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [CacheDir] = "pip",
            ["UV_CACHE_DIR"] = "uv",
            ["POETRY_CACHE_DIR"] = "poetry",
            ["PIPENV_CACHE_DIR"] = "pipenv",
            ["PDM_CACHE_DIR"] = "pdm",
        };

    /// <summary>What a tool gets.</summary>
    public static IReadOnlyList<string> For(InstallerTool tool) => tool switch
    {
        InstallerTool.Uv => ["UV_CACHE_DIR", "UV_LINK_MODE"],
        InstallerTool.Poetry => ["POETRY_CACHE_DIR"],
        // It runs pip in an environment of its own making.
        InstallerTool.Pipenv => ["PIPENV_CACHE_DIR", Log],
        InstallerTool.Pdm => ["PDM_CACHE_DIR"],
        InstallerTool.Conda or InstallerTool.SetupPy => [CacheDir, NoCacheDir, Log],
        _ => [FindLinks, NoIndex, Retries, Timeout, DefaultTimeout, CacheDir, NoCacheDir, Log],
    };
}
