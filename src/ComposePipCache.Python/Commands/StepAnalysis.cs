namespace ComposePipCache.Python.Commands;

/// <summary>What a step does with Python packages, read from its text alone.</summary>
public sealed class StepAnalysis
{
    private readonly RunStep _step;

    private StepAnalysis(RunStep step, StepReader reader)
    {
        _step = step;
        Commands = reader.Installers;
        StaysOnline = reader.StaysOnline;
    }

    /// <summary>The calls of Python tools in the order they are written; not all of them install.</summary>
    public IReadOnlyList<InstallerCommand> Commands { get; }

    /// <summary>What needs the network whatever the wheelhouse holds.</summary>
    public IReadOnlyList<OnlineAct> StaysOnline { get; }

    /// <summary>True when the step installs Python packages in a way known here.</summary>
    public bool IsPipStep => Commands.Any(command => command.IsInstaller);

    /// <summary>True when files from an index are needed that are worth remembering.</summary>
    public bool NeedsLock => Commands.Any(command => command.NeedsLock);

    /// <summary>True when all that needs a lock can be tried on the step's parent.</summary>
    public bool IsReplayable => NeedsLock && Commands.All(command => !command.NeedsLock || command.IsReplayable);

    /// <summary>Why the step's environment reaches none of its installers; null when it reaches one.</summary>
    public string? ClearedBy
    {
        get
        {
            var installers = Commands.Where(command => command.IsInstaller).ToArray();
            return Array.TrueForAll(installers, command => command.ClearedBy is not null)
                ? installers.FirstOrDefault()?.ClearedBy
                : null;
        }
    }

    /// <summary>True when the step's output may show find-links: a list of what is installed.</summary>
    public bool PrintsFindLinks => Commands.Any(command => command.PrintsFindLinks);

    internal RunStep Step => _step;

    /// <summary>Reads a step. Any text has an analysis.</summary>
    public static StepAnalysis Of(RunStep step)
    {
        var reader = new StepReader(step);
        reader.ReadStep();
        return new StepAnalysis(step, reader);
    }

    /// <summary>
    /// The step's arguments without the words <c>--no-cache-dir</c> of its pip commands, where pip's cache is the
    /// build's own. All other characters stay.
    /// </summary>
    /// <returns>Null when there is no such word.</returns>
    public IReadOnlyList<string>? WithoutNoCacheDir()
    {
        var words = Commands.SelectMany(command => command.RemovableWords).Distinct()
            .ToLookup(word => word.ArgumentIndex);
        if (words.Count == 0)
        {
            return null;
        }

        var arguments = new List<string>(_step.Arguments.Count);
        for (var index = 0; index < _step.Arguments.Count; index++)
        {
            var argument = _step.Arguments[index];
            if (!words[index].Any(word => word.Length == argument.Length))
            {
                arguments.Add(Without(argument, words[index].OrderBy(word => word.Start)));
            }
        }

        return arguments;
    }

    private static string Without(string text, IEnumerable<TextSpan> words)
    {
        var result = new System.Text.StringBuilder(text.Length);
        var copied = 0;
        foreach (var word in words)
        {
            result.Append(text, copied, word.Start - copied);
            copied = word.Start + word.Length;
        }

        return result.Append(text, copied, text.Length - copied).ToString();
    }
}
