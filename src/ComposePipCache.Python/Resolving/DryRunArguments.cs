using ComposePipCache.Python.Commands;
using ComposePipCache.Python.Wheels;

namespace ComposePipCache.Python.Resolving;

/// <summary>The words of a command that only finds out which files it would take.</summary>
/// <remarks>
/// pip knows <c>--dry-run</c> and <c>--report</c> from 22.2 on, and takes the options for other platforms with them
/// from 23.3 on; before, <c>pip download</c> chooses in the same way. Neither asks whether the environment is managed
/// by somebody else, so <c>--target</c>, <c>--prefix</c>, <c>--root</c> and <c>--user</c> say nothing about the files.
/// pip's own cache stays out of it: whatever is needed, build requirements too, is asked for and can be kept.
/// </remarks>
internal static class DryRunArguments
{
    private static readonly (int, int) DryRun = (22, 2);
    private static readonly (int, int) DryRunForOthers = (23, 3);

    private static readonly string[] OtherPlatform = ["--platform", "--python-version", "--implementation", "--abi"];

    // they change no file, but without them pip would not get at it
    private static readonly string[] Access = ["--trusted-host", "--client-cert", "--keyring-provider"];

    private static readonly string[] OfInstalling =
        ["--target", "--prefix", "--root", "--user", "--no-user", "--dry-run", "--ignore-installed",
         "--force-reinstall", "--build-option", "--install-option", "--egg", "--upgrade", "--upgrade-strategy"];

    private static readonly string[] UnknownToDownload = ["--config-settings", "--editable"];

    public static bool IsPossible(InstallerCommand command, ResolveSettings settings) =>
        SupportedTags.TwoNumbers(settings.PipVersion)
            .CompareTo(OtherPlatform.Any(command.Arguments.Has) ? DryRunForOthers : DryRun) >= 0;

    /// <param name="command">The command of the step.</param>
    /// <param name="settings">Which pip it is for.</param>
    /// <param name="output">The report of a dry run, else the folder for the files.</param>
    public static IReadOnlyList<string> Build(InstallerCommand command, ResolveSettings settings, string output)
    {
        var isDryRun = IsPossible(command, settings);
        var arguments = command.Arguments;
        string[] editables = isDryRun ? [] : [.. arguments.Options.Where(IsWritten)
            .Where(option => option is { Name: "--editable", Value: not null }).Select(option => option.Value!)];
        string[] operands = [.. arguments.Operands, .. editables];
        return
        [
            .. Program(command),
            .. isDryRun
                ? (IEnumerable<string>)["install", "--dry-run", "--ignore-installed", "--report", output]
                : ["download", "--dest", output],
            "--quiet", "--no-input", "--disable-pip-version-check", "--no-cache-dir",
            .. arguments.Options.Where(option => IsWritten(option) && IsKept(option, isDryRun)).SelectMany(Words),
            .. operands.Any(operand => operand.StartsWith('-')) ? (IEnumerable<string>)["--"] : [],
            .. operands,
        ];
    }

    // the activated environment's own, whatever the search path is
    private static IEnumerable<string> Program(InstallerCommand command)
    {
        var words = command.ProgramWords.Select(word => word.Text);
        var first = command.ProgramWords[0].Text;
        return command.ActivatedEnvironment is { } folder && !first.Contains('/', StringComparison.Ordinal)
            ? words.Skip(1).Prepend($"{folder}/bin/{first}")
            : words;
    }

    // those of the environment come with it
    private static bool IsWritten(PipOption option) => !option.IsFromEnvironment;

    private static bool IsKept(PipOption option, bool isDryRun) =>
        (option.IsMeaningful || Access.Contains(option.Name)) && !OfInstalling.Contains(option.Name)
        && (isDryRun || !UnknownToDownload.Contains(option.Name));

    private static IEnumerable<string> Words(PipOption option) =>
        option.Value is null ? [option.Name] : [$"{option.Name}={option.Value}"];
}
