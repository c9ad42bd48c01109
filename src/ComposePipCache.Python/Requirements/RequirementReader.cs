using ComposePipCache.Python.Commands;

namespace ComposePipCache.Python.Requirements;

/// <summary>Collects requirements over the commands of a step and the files they name.</summary>
internal sealed class RequirementReader(StepAnalysis step, FileTexts files)
{
    private const int DepthLimit = 50;

    private static readonly string[] IndexNames =
        ["--index-url", "--extra-index-url", "--find-links", "--no-index", "--trusted-host"];

    private readonly Dictionary<string, string> _environment = Environment(step.Step);
    private readonly List<OnlineAct> _staysOnline = [];
    private readonly List<PipOption> _indexOptions = [];
    private readonly HashSet<(string Path, string Label)> _visited = [];
    private readonly List<CommandRequirements> _commands = [];
    private ProjectReader _projects = new(files);
    private PinCheck _pins = new(isNoDeps: false);

    public IReadOnlyList<OnlineAct> StaysOnline => _staysOnline;

    public IReadOnlyList<PipOption> IndexOptions => _indexOptions;

    public IReadOnlyList<CommandRequirements> Commands => _commands;

    public bool IsPinned { get; private set; } = true;

    public void Read(InstallerCommand command)
    {
        _visited.Clear();
        _pins = new PinCheck(command.Arguments.IsNoDeps) { IsHashMode = command.Arguments.IsRequireHashes };
        _projects = new ProjectReader(files);
        _commands.Add(new CommandRequirements(command));
        files.Write("requirements");
        if (command.Arguments.IsDynamic)
        {
            files.Unknown(command.ToString());
        }

        ReadArguments(command);
        ReadInput(command);
        IsPinned &= _pins.IsPinned && command.Tool != InstallerTool.GetPip;
    }

    private void ReadArguments(InstallerCommand command)
    {
        foreach (var operand in command.Arguments.Operands)
        {
            Add(command, new RequirementLine { Requirement = Requirement.Parse(operand) }, "", isFromFile: false);
        }

        foreach (var editable in command.Arguments.Editables)
        {
            var line = new RequirementLine { Requirement = Requirement.Parse(editable), IsEditable = true };
            Add(command, line, "", isFromFile: false);
        }

        foreach (var option in command.Arguments.Options.Where(option => option.Value is not null))
        {
            var label = option.Name switch
            {
                "--requirement" => "",
                "--constraint" => "constraint ",
                "--build-constraint" => "build-constraint ",
                _ => null,
            };
            if (label is not null)
            {
                Include(command, option.Value!, command.WorkingDirectory, label, 0);
            }
            else if (option.Name is "--group" or "--requirements-from-script")
            {
                ReadGroup(command, option);
            }
        }
    }

    private void ReadGroup(InstallerCommand command, PipOption option)
    {
        var colon = option.Value!.LastIndexOf(':');
        var path = option.Name != "--group" ? option.Value : colon < 0 ? "pyproject.toml" : option.Value[..colon];
        files.Write($"{option.Name} {option.Value}");
        _projects.ReadFile(command.WorkingDirectory, path, isRequired: true);
        _pins.AddUnpinned();
    }

    private void ReadInput(InstallerCommand command)
    {
        if (!command.TakesInput)
        {
            return;
        }

        if (command.InputText is { } text)
        {
            ReadLines(command, text, command.WorkingDirectory, "", 0);
        }

        foreach (var file in command.InputFiles)
        {
            if (file.EndsWith(".txt", StringComparison.Ordinal) || file.EndsWith(".in", StringComparison.Ordinal))
            {
                Include(command, file, command.WorkingDirectory, "", 0);
            }
            else
            {
                _projects.ReadFile(command.WorkingDirectory, file, isRequired: true);
            }
        }

        if (command.InputText is null && command.InputFiles.Count == 0)
        {
            files.Unknown($"{command} reads its requirements from a pipe");
        }
    }

    private void Include(InstallerCommand command, string path, string? folder, string label, int depth)
    {
        if (path is "-" or "/dev/stdin" or "/dev/fd/0" or "/proc/self/fd/0")
        {
            return;
        }

        var local = path.StartsWith("file://", StringComparison.Ordinal) ? path["file://".Length..] : path;
        var isReadable = !RequirementText.IsRemote(local) && !local.Contains('*');
        if (!isReadable || PosixPath.Combine(folder, local) is not { } absolute)
        {
            files.Write($"{label}-r {UrlCredentials.Remove(local)}");
            files.Unknown(UrlCredentials.Redact(local));
        }
        else if (depth <= DepthLimit && _visited.Add((absolute, label)) && files.TryRead(absolute, out var text))
        {
            ReadFile(command, absolute, text, label, depth);
        }
    }

    private void ReadFile(InstallerCommand command, string path, string? text, string label, int depth)
    {
        if (text is null)
        {
            ReadExported(command, path, label);
        }
        else if (RequirementText.IsPyLock(path))
        {
            files.WriteFile(path, text);
        }
        else
        {
            ReadLines(command, text, PosixPath.Folder(path), label, depth);
        }
    }

    /// <summary>A file that the step makes itself: by an export from a lock file, else nobody knows how.</summary>
    private void ReadExported(InstallerCommand command, string path, string label)
    {
        files.Write($"{label}missing {path}");
        var exporter = step.Commands.TakeWhile(earlier => earlier != command)
            .LastOrDefault(earlier => earlier.SubCommand is "export" or "requirements" or "lock");
        var sources = exporter is null ? [] : PipeFeed.LockFiles(exporter.Tool.ToString().ToLowerInvariant());
        foreach (var source in sources)
        {
            _projects.ReadFile(command.WorkingDirectory, source, isRequired: true);
        }

        if (sources.Length == 0)
        {
            files.Unknown(path);
        }
    }

    private void ReadLines(InstallerCommand command, string text, string? folder, string label, int depth)
    {
        foreach (var line in RequirementLine.Read(text, name => Variable(command, name)))
        {
            if (line.IncludedFile is { } included)
            {
                var isConstraint = line.IncludesConstraints;
                var inner = isConstraint && label.Length == 0 ? "constraint " : isConstraint ? label : "";
                if (RequirementText.IsRemote(included))
                {
                    _staysOnline.Add(OnlineAct.Of(OnlineKind.RemoteRequirements, [included]));
                }

                Include(command, included, folder, inner, depth + 1);
            }
            else
            {
                Add(command, line, label, isFromFile: true);
            }
        }
    }

    private void Add(InstallerCommand command, RequirementLine line, string label, bool isFromFile)
    {
        var spelled = line.ToString();
        if (spelled.Length > 0)
        {
            files.Write(label + spelled);
        }

        if (line.Requirement is null)
        {
            _indexOptions.AddRange(line.Options.Where(option => IndexNames.Contains(option.Name)));
        }

        _commands[^1].Add(line, label);
        _pins.Add(line, isConstraint: label.Length > 0);
        switch (line.Requirement?.Kind)
        {
            case RequirementKind.DirectUrl when isFromFile:
                _staysOnline.Add(OnlineAct.Of(OnlineKind.DirectUrl, [line.Requirement.Location]));
                break;
            case RequirementKind.VersionControl when isFromFile:
                _staysOnline.Add(OnlineAct.Of(OnlineKind.VersionControl, [line.Requirement.Location]));
                break;
            case RequirementKind.Local:
                _projects.ReadFolder(command.WorkingDirectory, line.Requirement.Location);
                break;
        }
    }

    private string? Variable(InstallerCommand command, string name) =>
        command.EnvironmentChanges.TryGetValue(name, out var changed) ? changed : _environment.GetValueOrDefault(name);

    private static Dictionary<string, string> Environment(RunStep step)
    {
        var variables = new Dictionary<string, string>();
        foreach (var variable in step.Environment)
        {
            var equals = variable.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                variables[variable[..equals]] = variable[(equals + 1)..];
            }
        }

        return variables;
    }
}
