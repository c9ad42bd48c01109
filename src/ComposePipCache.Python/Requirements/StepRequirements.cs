using ComposePipCache.Python.Commands;

namespace ComposePipCache.Python.Requirements;

/// <summary>
/// All that a step's pip commands ask for, read from the command lines and from the files they name. Reading goes in
/// rounds: as long as <see cref="Needed"/> names files, their texts are fetched and the step is read again.
/// </summary>
public sealed class StepRequirements
{
    private StepRequirements(RequirementReader reader, FileTexts files)
    {
        Needed = files.Needed;
        Text = files.Text;
        Unknowns = files.Unknowns;
        IsPinned = reader.IsPinned && IsComplete;
        StaysOnline = reader.StaysOnline;
        IndexOptions = reader.IndexOptions;
        Commands = reader.Commands;
    }

    /// <summary>Absolute paths of files whose text is wanted; empty when nothing more can be learned.</summary>
    public IReadOnlyList<string> Needed { get; }

    /// <summary>
    /// The requirements in one spelling, credentials and comments left out: equal texts ask for the same files.
    /// </summary>
    public string Text { get; }

    /// <summary>What decides about the files and cannot be read before the step runs; for people.</summary>
    public IReadOnlyList<string> Unknowns { get; }

    /// <summary>True when the text says all that is asked for.</summary>
    public bool IsComplete => Unknowns.Count == 0 && Needed.Count == 0;

    /// <summary>True when every requirement written down names one release, one commit or one content.</summary>
    public bool IsPinned { get; }

    /// <summary>Requirements inside the files that need the network whatever the wheelhouse holds.</summary>
    public IReadOnlyList<OnlineAct> StaysOnline { get; }

    /// <summary>Index URLs, find-links and their like inside the files; credentials included.</summary>
    public IReadOnlyList<PipOption> IndexOptions { get; }

    /// <summary>What each command asks for, line by line.</summary>
    public IReadOnlyList<CommandRequirements> Commands { get; }

    /// <summary>Reads the commands that need a lock.</summary>
    /// <param name="step">The step.</param>
    /// <param name="texts">Texts by absolute path; null for a file that is not there.</param>
    public static StepRequirements Read(StepAnalysis step, IReadOnlyDictionary<string, string?> texts)
    {
        var files = new FileTexts(texts);
        var reader = new RequirementReader(step, files);
        foreach (var command in step.Commands.Where(command => command.NeedsLock))
        {
            reader.Read(command);
        }

        return new StepRequirements(reader, files);
    }
}
