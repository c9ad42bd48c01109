using ComposePipCache.Python.Commands;

namespace ComposePipCache.Python.Requirements;

/// <summary>What one command asks for, those of its files included.</summary>
public sealed class CommandRequirements
{
    private readonly List<RequirementLine> _requirements = [];
    private readonly List<RequirementLine> _constraints = [];
    private readonly List<PipOption> _options;

    internal CommandRequirements(InstallerCommand command)
    {
        Command = command;
        _options = [.. command.Arguments.Options];
    }

    public InstallerCommand Command { get; }

    public IReadOnlyList<RequirementLine> Requirements => _requirements;

    /// <summary>Those of <c>-c</c>; the ones for builds are left out.</summary>
    public IReadOnlyList<RequirementLine> Constraints => _constraints;

    /// <summary>The options of the environment, of the command line and of the files, in this order.</summary>
    public IReadOnlyList<PipOption> Options => _options;

    internal void Add(RequirementLine line, string label)
    {
        if (line.Requirement is null)
        {
            _options.AddRange(line.Options);
        }
        else if (label.Length == 0)
        {
            _requirements.Add(line);
        }
        else if (label == "constraint ")
        {
            _constraints.Add(line);
        }
    }
}
