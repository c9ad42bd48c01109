using ComposePipCache.Python.Commands.Shell;
using ComposePipCache.Python.Requirements;

namespace ComposePipCache.Python.Commands;

/// <summary>The options and operands of an installer, those of the environment first.</summary>
public sealed class PipArguments
{
    internal PipArguments(IReadOnlyList<PipOption> options, IReadOnlyList<CommandWord> operands)
    {
        Options = options;
        Operands = [.. operands.Select(operand => operand.Text)];
        IsDynamic = operands.Any(operand => operand.IsDynamic) || options.Any(option => option.IsDynamic);
    }

    /// <summary>All options in order, unknown ones too.</summary>
    public IReadOnlyList<PipOption> Options { get; }

    /// <summary>All that is neither an option nor an option's value: requirements, paths and URLs.</summary>
    public IReadOnlyList<string> Operands { get; }

    /// <summary>True when some argument is known only when the step runs.</summary>
    public bool IsDynamic { get; }

    public IEnumerable<string> RequirementFiles => All("--requirement");

    public IEnumerable<string> ConstraintFiles => All("--constraint");

    public IEnumerable<string> BuildConstraintFiles => All("--build-constraint");

    public IEnumerable<string> Editables => All("--editable");

    /// <summary>Operands that name projects, as opposed to paths and URLs.</summary>
    public IEnumerable<string> NamedRequirements => OfKind(RequirementKind.Named);

    /// <summary>Folders and files, editable or not: <c>.</c>, <c>./app[dev]</c>, <c>/wheels/a.whl</c>.</summary>
    public IEnumerable<string> LocalProjects =>
        Operands.Concat(Editables).Where(text => Requirement.Classify(text) == RequirementKind.Local);

    /// <summary>URLs of packages, editable or not, with and without a version control system.</summary>
    public IEnumerable<string> Urls => Operands.Concat(Editables).Where(
        text => Requirement.Classify(text) is RequirementKind.DirectUrl or RequirementKind.VersionControl);

    /// <summary>The main index as the command line or the environment sets it; credentials included.</summary>
    public string? IndexUrl => Last("--index-url") ?? Last("--default-index");

    public IEnumerable<string> ExtraIndexUrls => All("--extra-index-url").Concat(All("--index"));

    public IEnumerable<string> FindLinks => All("--find-links");

    public bool IsNoIndex => Has("--no-index");

    public bool IsNoCacheDir => Has("--no-cache-dir");

    public bool IsIsolated => Has("--isolated");

    public bool IsRequireHashes => Has("--require-hashes");

    public bool IsUpgrade => Has("--upgrade");

    public bool IsNoDeps => Has("--no-deps");

    public IEnumerable<string> NoBinary => All("--no-binary");

    public IEnumerable<string> OnlyBinary => All("--only-binary");

    public bool IsPreferBinary => Has("--prefer-binary");

    public bool IsPre => Has("--pre");

    public string? Target => Last("--target");

    public string? Prefix => Last("--prefix");

    public bool IsUser => Has("--user");

    /// <summary>Set on the command line, where it beats what the environment says.</summary>
    public string? Timeout => Last("--timeout");

    public string? Retries => Last("--retries");

    /// <summary>True when the option is there, by its canonical long name.</summary>
    public bool Has(string name) => Options.Any(option => option.Name == name);

    public IEnumerable<string> All(string name) =>
        Options.Where(option => option.Name == name && option.Value is not null).Select(option => option.Value!);

    public string? Last(string name) => All(name).LastOrDefault();

    /// <summary>The arguments without credentials.</summary>
    public override string ToString() =>
        string.Join(' ', Options.Select(option => option.ToString()).Concat(Operands.Select(UrlCredentials.Redact)));

    private IEnumerable<string> OfKind(RequirementKind kind) =>
        Operands.Where(text => Requirement.Classify(text) == kind);
}
