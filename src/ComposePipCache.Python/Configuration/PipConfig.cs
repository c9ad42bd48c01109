namespace ComposePipCache.Python.Configuration;

/// <summary>What pip's configuration files say, all taken together. The environment and the command line beat it.</summary>
/// <remarks>
/// Order as in pip's configuration.py and cli/parser.py: global, user, site, PIP_CONFIG_FILE; but a command's own
/// section beats <c>[global]</c> in whatever file it is. A later file replaces a list, it does not add to it.
/// </remarks>
public sealed class PipConfig
{
    private const string Global = "global";
    private const string NoFiles = "/dev/null";

    private readonly Dictionary<(string Section, string Option), string> _values = [];

    /// <summary>Reads files in any order of kinds; within a kind the later one wins.</summary>
    /// <param name="files">Those that exist.</param>
    /// <param name="namedFile">Value of PIP_CONFIG_FILE, if it is set: <c>/dev/null</c> there means no file at all.</param>
    public PipConfig(IEnumerable<PipConfigFile> files, string? namedFile = null)
    {
        var all = namedFile == NoFiles ? [] : files.ToList();
        var isUserRead = all.TrueForAll(file => file.Kind != PipConfigKind.Environment);
        foreach (var file in all.Where(file => isUserRead || file.Kind != PipConfigKind.User).OrderBy(file => file.Kind))
        {
            foreach (var (section, option, value) in PipConfigSyntax.Read(file.Text))
            {
                _values[(section, option)] = value;
            }
        }
    }

    /// <summary>The value of an option for a command such as <c>install</c>; null when it is not set or empty.</summary>
    public string? Find(string command, string option)
    {
        var name = PipConfigSyntax.Normalize(option);
        return Value(command, name) ?? Value(Global, name);
    }

    /// <summary>The names of all options that are set for any command.</summary>
    public IEnumerable<string> Options => _values.Keys.Select(key => key.Option).Distinct();

    /// <summary>A list such as <c>find-links</c>, split as pip does.</summary>
    public IReadOnlyList<string> FindAll(string command, string option) =>
        Find(command, option)?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];

    private string? Value(string section, string option) =>
        _values.GetValueOrDefault((section, option)) is { Length: > 0 } value ? value : null;
}
