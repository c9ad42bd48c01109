using System.Collections.Frozen;
using ComposePipCache.Python.Commands.Shell;
using ComposePipCache.Python.Requirements;

namespace ComposePipCache.Python.Commands;

/// <summary>Knows the programs that use the network for other things than Python packages.</summary>
internal static class OnlineCommands
{
    private const int VerbDistance = 12;
    private const string Any = "*";

    // program, kind, the words one of which makes it go online
    private static readonly FrozenDictionary<string, (OnlineKind Kind, string[] Verbs)> Programs =
        new (string Names, OnlineKind Kind, string Verbs)[]
        {
            ("curl wget aria2c axel", OnlineKind.Download, Any),
            ("aws gsutil gcloud az rclone", OnlineKind.Download, "cp sync copy download rsync"),
            ("apt-get apt aptitude", OnlineKind.SystemPackages,
                "install update upgrade dist-upgrade full-upgrade build-dep source"),
            ("apk yum dnf microdnf tdnf zypper", OnlineKind.SystemPackages,
                "add install update upgrade in groupinstall"),
            ("pacman", OnlineKind.SystemPackages, "-S -Sy -Syu -Syy -Syyu"),
            ("conda mamba micromamba", OnlineKind.Conda, "install create update env"),
            ("git hg svn", OnlineKind.Git, "clone fetch pull submodule ls-remote lfs checkout-index co"),
            ("playwright", OnlineKind.Browsers, "install install-deps"),
            ("spacy", OnlineKind.Models, "download"),
            ("nltk.downloader nltk", OnlineKind.Models, Any),
            ("huggingface-cli hf", OnlineKind.Models, "download"),
            ("npm pnpm yarn bun", OnlineKind.NodePackages, "install ci i add"),
            ("npx bunx", OnlineKind.NodePackages, Any),
            ("gem bundle composer cargo go rustup", OnlineKind.OtherPackages,
                "install update get build fetch download add mod toolchain default"),
            ("pip-compile", OnlineKind.Indirect, Any),
            ("pip-tools", OnlineKind.Indirect, "compile"),
            ("make", OnlineKind.Indirect, "deps dependencies requirements venv bootstrap setup install-deps init"),
        }.SelectMany(row => row.Names.Split(' ').Select(name => (name, row.Kind, Verbs: row.Verbs.Split(' '))))
        .ToFrozenDictionary(row => row.name, row => (row.Kind, row.Verbs));

    // programs that run pip themselves, with the words one of which makes them do so
    private static readonly FrozenDictionary<string, string[]> PipRunners = new Dictionary<string, string[]>
    {
        ["tox"] = [Any],
        ["nox"] = [Any],
        ["pre-commit"] = ["install-hooks", "run", "--install-hooks"],
        ["pip-sync"] = [Any],
        ["pip-tools"] = ["sync"],
        ["spacy"] = ["download"],
        ["build"] = [Any],
        ["pyproject-build"] = [Any],
        ["flit"] = ["install"],
        ["hatch"] = ["env", "build"],
        ["maturin"] = ["develop"],
    }.ToFrozenDictionary();

    /// <summary>True for a program known to run pip; the environment of the step reaches that pip.</summary>
    public static bool RunsPip(string name, List<CommandWord> words, int arguments, out string subCommand)
    {
        subCommand = "";
        if (name is "conda" or "mamba" or "micromamba")
        {
            var environment = Verb(words, arguments, ["env"]);
            var verb = Verb(words, arguments, ["create", "update"]);
            subCommand = $"{environment} {verb}".Trim();
            return verb is not null && (environment ?? Verb(words, arguments, ["-f", "--file"])) is not null;
        }

        if (!PipRunners.TryGetValue(name, out var verbs) || Verb(words, arguments, verbs) is not { } found)
        {
            return false;
        }

        subCommand = found == Any ? "" : found;
        return true;
    }

    /// <summary>What the program loads, or null when it stays on the machine as far as is known.</summary>
    public static OnlineAct? Classify(string name, List<CommandWord> words, int arguments)
    {
        if (Programs.TryGetValue(name, out var known))
        {
            var isBare = name is "yarn" or "bundle" && arguments >= words.Count;
            return isBare || Verb(words, arguments, known.Verbs) is not null
                ? OnlineAct.Of(known.Kind, Excerpt(known.Kind, name, words.Skip(arguments)))
                : null;
        }

        return name.EndsWith(".sh", StringComparison.Ordinal)
            || words.Skip(1).Take(1).Any(word => CommandWrappers.IsShell(name) && word.Text.Length > 1)
            ? OnlineAct.Of(OnlineKind.Indirect, words.Take(2).Select(word => word.Text))
            : null;
    }

    /// <summary>What an installer's own arguments keep online.</summary>
    public static IEnumerable<OnlineAct> OfArguments(InstallerCommand command)
    {
        if (!command.IsInstaller)
        {
            yield break;
        }

        foreach (var url in command.Arguments.Urls)
        {
            var kind = Requirement.Classify(url) == RequirementKind.DirectUrl
                ? OnlineKind.DirectUrl
                : OnlineKind.VersionControl;
            yield return OnlineAct.Of(kind, [url]);
        }

        foreach (var file in command.Arguments.RequirementFiles.Concat(command.Arguments.ConstraintFiles))
        {
            if (RequirementText.IsRemote(file))
            {
                yield return OnlineAct.Of(OnlineKind.RemoteRequirements, [file]);
            }
            else if (RequirementText.IsPyLock(file))
            {
                yield return OnlineAct.Of(OnlineKind.LockedUrls, [file]);
            }
        }
    }

    private static string? Verb(List<CommandWord> words, int arguments, string[] verbs) => verbs is [Any]
        ? Any
        : words.Skip(arguments).Take(VerbDistance).FirstOrDefault(word => verbs.Contains(word.Text))?.Text;

    // options may hold secrets, so they are left out
    private static IEnumerable<string> Excerpt(OnlineKind kind, string name, IEnumerable<CommandWord> arguments)
    {
        var operands = arguments.Select(word => word.Text).Where(text => text.Length > 0 && text[0] != '-');
        var shown = kind switch
        {
            OnlineKind.Download => operands.Where(text => text.Contains("://", StringComparison.Ordinal)),
            OnlineKind.Git => operands.Take(1).Concat(
                operands.Skip(1).Where(text => text.Contains("://", StringComparison.Ordinal) || text.Contains('@'))),
            OnlineKind.SystemPackages => operands,
            _ => operands.Take(3),
        };
        return shown.Prepend(name);
    }
}
