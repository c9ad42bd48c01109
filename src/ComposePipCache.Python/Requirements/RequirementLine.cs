using ComposePipCache.Python.Commands;
using ComposePipCache.Python.Commands.Shell;

namespace ComposePipCache.Python.Requirements;

/// <summary>One line of a requirements file: a requirement with its options, or options alone.</summary>
public sealed record RequirementLine
{
    private const string Editable = "--editable";

    /// <summary>What is asked for; null on a line of options.</summary>
    public Requirement? Requirement { get; init; }

    public bool IsEditable { get; init; }

    public IReadOnlyList<PipOption> Options { get; init; } = [];

    /// <summary>The file that the line includes, as it is written.</summary>
    public string? IncludedFile => Requirement is null ? Value("--requirement") ?? Value("--constraint") : null;

    /// <summary>True when the included file holds constraints.</summary>
    public bool IncludesConstraints => Value("--requirement") is null;

    public bool HasHash => Options.Any(option => option.Name == "--hash");

    /// <summary>Reads the lines of a file.</summary>
    /// <param name="text">The file.</param>
    /// <param name="lookup">Values of variables, for <c>${NAME}</c>.</param>
    public static IReadOnlyList<RequirementLine> Read(string text, Func<string, string?> lookup) =>
        [.. RequirementText.Lines(text, lookup).Select(Parse)];

    /// <summary>The line in one spelling, without credentials and without what changes nothing.</summary>
    public override string ToString()
    {
        var options = Options.Where(option => option.IsMeaningful && option.Name != Editable)
            .Select(option => option.ToComparable());
        // hashes are a set
        var sorted = Requirement is null ? options : options.Order(StringComparer.Ordinal);
        var words = Requirement is null ? sorted : sorted.Prepend(Requirement.ToString());
        return string.Join(' ', IsEditable ? words.Prepend("-e") : words);
    }

    private static RequirementLine Parse(string line)
    {
        var start = line.StartsWith('-') ? 0 : line.IndexOf(" -", StringComparison.Ordinal) + 1;
        var hasOptions = start > 0 || line.StartsWith('-');
        var requirement = (hasOptions ? line[..start] : line).Trim();
        var words = hasOptions ? ArgumentText.Split(line[start..]).Select(word => new CommandWord(word)).ToList() : [];
        var parser = new PipOptionParser(PipOptionTable.Pip, words);
        parser.Read(0);
        var editable = parser.Options.FirstOrDefault(option => option.Name == Editable)?.Value;
        if (requirement.Length == 0 && editable is not null)
        {
            requirement = string.Join(' ', parser.Operands.Select(operand => operand.Text).Prepend(editable));
        }

        return new RequirementLine
        {
            Requirement = requirement.Length > 0 ? Requirement.Parse(requirement) : null,
            IsEditable = editable is not null && line.StartsWith('-'),
            Options = parser.Options,
        };
    }

    private string? Value(string name) => Options.FirstOrDefault(option => option.Name == name)?.Value;
}
