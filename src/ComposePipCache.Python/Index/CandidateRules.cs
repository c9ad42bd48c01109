using ComposePipCache.Python.Commands;
using ComposePipCache.Python.Markers;
using ComposePipCache.Python.Wheels;

namespace ComposePipCache.Python.Index;

/// <summary>What decides between files whatever the project: the interpreter and the options of a command.</summary>
public sealed class CandidateRules
{
    // they choose for another interpreter, or by what a page does not tell
    private static readonly string[] Unpredictable =
        ["--platform", "--python-version", "--implementation", "--abi", "--python", "--all-releases", "--only-final",
         "--uploaded-prior-to"];

    private readonly FormatRules _formats;

    /// <summary>Reads the options of a command and of the files it names, in their order.</summary>
    public CandidateRules(SupportedTags tags, MarkerEnvironment environment, IReadOnlyCollection<PipOption> options)
    {
        Tags = tags;
        Environment = environment;
        _formats = new FormatRules(options);
        IsPreferBinary = options.Any(option => option.Name == "--prefer-binary");
        AllowsPrereleases = options.Any(option => option.Name == "--pre");
        IgnoresRequiresPython = options.Any(option => option.Name == "--ignore-requires-python");
        IsPredictable = !options.Any(option => option.IsDynamic || Unpredictable.Contains(option.Name));
    }

    public SupportedTags Tags { get; }

    public MarkerEnvironment Environment { get; }

    public bool IsPreferBinary { get; }

    public bool AllowsPrereleases { get; }

    public bool IgnoresRequiresPython { get; }

    /// <summary>False where an option decides that is not read here.</summary>
    public bool IsPredictable { get; }

    internal (bool Wheels, bool Sdists) FormatsOf(string project) => _formats.Of(project);
}
