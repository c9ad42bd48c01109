using System.Security.Cryptography;
using System.Text;
using ComposePipCache.Python.Commands;

namespace ComposePipCache.Python.Requirements;

/// <summary>
/// The name of a step's set of files: equal for steps that ask one installer for the same things, whatever stands
/// around them.
/// </summary>
/// <param name="Text">The canonical text, without credentials.</param>
/// <param name="Digest">Its sha256 in lower-case hex.</param>
public sealed record StepKey(string Text, string Digest)
{
    private const string Header = "step key 1";

    // they are part of the requirements' text
    private static readonly string[] Read =
        ["--requirement", "--constraint", "--build-constraint", "--editable", "--group", "--requirements-from-script"];

    private static readonly string[] Neutral =
        ["PATH", "HOME", "PWD", "OLDPWD", "LANG", "DEBIAN_FRONTEND", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE",
         "TERM"];

    /// <summary>Computes the key of a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="requirements">What it asks for; complete, or the key says too little.</param>
    /// <param name="interpreter">The interpreter that its pip belongs to.</param>
    /// <param name="platform">The platform that is built for, as in linux/amd64.</param>
    /// <param name="indexes">The indexes that pip asks, the main one first; credentials are taken out.</param>
    public static StepKey Compute(
        StepAnalysis step, StepRequirements requirements, InterpreterFacts interpreter, string platform,
        IEnumerable<string> indexes)
    {
        var text = new StringBuilder().Append(Header).Append('\n');
        Line(text, "platform", platform);
        string[] facts =
            [interpreter.Implementation, interpreter.Version, interpreter.Abi, interpreter.Machine, interpreter.Libc];
        Line(text, "interpreter", string.Join(' ', facts));
        Line(text, "pip", interpreter.PipVersion);
        foreach (var index in indexes)
        {
            Line(text, "index", UrlCredentials.Remove(index).TrimEnd('/'));
        }

        foreach (var command in step.Commands.Where(command => command.NeedsLock))
        {
            Command(text, command);
        }

        text.Append(requirements.Text);
        var canonical = text.ToString();
        return new StepKey(canonical, HashOf(canonical));
    }

    private static void Command(StringBuilder text, InstallerCommand command)
    {
        Line(text, "command", $"{Program(command)} {command.SubCommand}".Trim());
        foreach (var option in command.Arguments.Options.Where(IsPart))
        {
            Line(text, "option", option.ToComparable());
        }

        var changes = command.EnvironmentChanges.Where(
            change => !Neutral.Contains(change.Key) && !change.Key.StartsWith("PIP_", StringComparison.Ordinal)
                && !change.Key.StartsWith("LC_", StringComparison.Ordinal));
        foreach (var (name, value) in changes.OrderBy(change => change.Key, StringComparer.Ordinal))
        {
            // a value may be a secret
            Line(text, "variable", value is null ? name : $"{name} {HashOf(value)[..16]}");
        }
    }

    private static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static bool IsPart(PipOption option) => option.IsMeaningful && !Read.Contains(option.Name);

    /// <summary><c>pip</c>, <c>pip3</c> and <c>python -m pip</c> are one; a path or a version makes another.</summary>
    private static string Program(InstallerCommand command)
    {
        var first = command.Program.Split(' ')[0];
        return command.Tool != InstallerTool.Pip ? command.Program
            : first.Contains('/') || first.Contains('.') ? first
            : "pip";
    }

    private static void Line(StringBuilder text, string name, string value) =>
        text.Append(name).Append(' ').Append(value.ReplaceLineEndings(" ")).Append('\n');
}
