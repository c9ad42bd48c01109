using ComposePipCache.Build.Doorbell.Containers;
using ComposePipCache.Build.Passes;
using ComposePipCache.Python.Commands;
using ComposePipCache.Python.Configuration;
using ComposePipCache.Python.Requirements;
using KeyFacts = ComposePipCache.Python.Requirements.InterpreterFacts;

namespace ComposePipCache.Build.Doorbell;

/// <summary>What a step asks for: its requirements, read from its parent, and the interpreter they are for.</summary>
internal sealed class StepInputs
{
    private const string DefaultIndex = "https://pypi.org/simple";
    private const string DefaultPlatform = "linux";
    private const string Install = "install";

    private StepInputs(Containers.InterpreterFacts? interpreter, PipConfig config, StepRequirements requirements)
    {
        Interpreter = interpreter;
        Config = config;
        Requirements = requirements;
    }

    /// <summary>Null when the parent has no Python yet.</summary>
    public Containers.InterpreterFacts? Interpreter { get; }

    /// <summary>pip's configuration files in the image.</summary>
    public PipConfig Config { get; }

    /// <summary>What the step's commands and files ask for.</summary>
    public StepRequirements Requirements { get; }

    /// <summary>The pip command whose interpreter counts: the first one that takes files from an index.</summary>
    public static InstallerCommand? MainCommand(PipStep step) =>
        step.Analysis.Commands.FirstOrDefault(command => command is { IsPip: true, NeedsLock: true, ClearedBy: null })
        ?? step.Analysis.Commands.FirstOrDefault(command => command is { IsPip: true, IsInstaller: true });

    /// <summary>Reads everything, in as many rounds as files name other files.</summary>
    public static async Task<StepInputs> ReadAsync(
        StepContainer container, PipStep step, InspectionRequest first, CancellationToken cancellationToken)
    {
        var texts = new Dictionary<string, string?>(StringComparer.Ordinal);
        var requirements = StepRequirements.Read(step.Analysis, texts);
        var inspection = await container.InspectAsync(first with { Files = requirements.Needed }, cancellationToken);
        var files = inspection.Files;
        while (files.Count > 0)
        {
            foreach (var file in files)
            {
                texts[file.Path] = file.State == ParentFileState.Read
                    ? System.Text.Encoding.UTF8.GetString(file.Content.Span)
                    : null;
            }

            requirements = StepRequirements.Read(step.Analysis, texts);
            files = requirements.Needed.Count > 0
                ? await container.ReadFilesAsync(requirements.Needed, cancellationToken)
                : [];
        }

        var config = new PipConfig(inspection.Interpreter?.ConfigFiles ?? [], Variable(step, "PIP_CONFIG_FILE"));
        return new StepInputs(inspection.Interpreter, config, requirements);
    }

    /// <summary>The name of the step's set of files; null where nothing of an index is asked for.</summary>
    public StepKey? Key(PipStep step)
    {
        if (MainCommand(step) is not { NeedsLock: true } || Interpreter is not { } facts)
        {
            return null;
        }

        var keyFacts = new KeyFacts
        {
            Implementation = facts.Implementation,
            Version = string.Join('.', facts.Version.Split('.').Take(2)),
            Abi = facts.Abi,
            Machine = facts.Machine,
            Libc = facts.Libc,
            PipVersion = string.Join('.', (facts.PipVersion ?? "").Split('.').Take(2)),
        };
        return StepKey.Compute(step.Analysis, Requirements, keyFacts, $"{DefaultPlatform}/{facts.Machine}", Indexes(step));
    }

    /// <summary>How many distributions the requirements name.</summary>
    public static int Count(StepRequirements requirements) => requirements.Text.Split('\n')
        .Count(line => line.Length > 0 && char.IsAsciiLetterOrDigit(line[0])
            && !line.StartsWith("requirements", StringComparison.Ordinal)
            && !line.StartsWith("constraint ", StringComparison.Ordinal)
            && !line.StartsWith("build-constraint ", StringComparison.Ordinal)
            && !line.StartsWith("missing ", StringComparison.Ordinal)
            && !line.StartsWith("file ", StringComparison.Ordinal));

    /// <summary>The indexes pip asks, credentials included.</summary>
    public IReadOnlyList<string> Indexes(PipStep step)
    {
        var options = step.Analysis.Commands.Where(command => command.IsPip)
            .SelectMany(command => command.Arguments.Options)
            .Concat(Requirements.IndexOptions)
            .ToList();
        var main = Last(options, "--index-url") ?? Variable(step, "PIP_INDEX_URL") ?? Config.Find(Install, "index-url") ?? DefaultIndex;
        var extra = options.Where(option => option is { Name: "--extra-index-url", Value: not null })
            .Select(option => option.Value!)
            .Concat(Variable(step, "PIP_EXTRA_INDEX_URL") is { } words ? Words(words) : Config.FindAll(Install, "extra-index-url"));
        return [main, .. extra.Distinct()];
    }

    /// <summary>Implementation, version and platform of the step's Python, for the lock; empty where it has none.</summary>
    public string Describe() => Interpreter is { } facts
        ? $"{facts.Implementation} {facts.Version} {facts.Platform}, pip {facts.PipVersion}"
        : "";

    /// <summary>Servers whose certificates pip does not look at, as HOST or HOST:PORT.</summary>
    public IReadOnlyList<string> TrustedHosts(PipStep step) =>
    [
        .. step.Analysis.Commands.Where(command => command.IsPip)
            .SelectMany(command => command.Arguments.Options)
            .Concat(Requirements.IndexOptions)
            .Where(option => option is { Name: "--trusted-host", Value: not null })
            .Select(option => option.Value!),
        .. Variable(step, "PIP_TRUSTED_HOST") is { } words ? Words(words) : Config.FindAll(Install, "trusted-host"),
    ];

    private static string? Last(IEnumerable<PipOption> options, string name) =>
        options.LastOrDefault(option => option.Name == name)?.Value;

    private static string? Variable(PipStep step, string name)
    {
        var value = step.Exec.Meta.Env.LastOrDefault(pair => pair.StartsWith(name + "=", StringComparison.Ordinal));
        return value is { } text && text.Length > name.Length + 1 ? text[(name.Length + 1)..] : null;
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
