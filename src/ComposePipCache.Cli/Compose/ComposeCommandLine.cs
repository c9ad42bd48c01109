using ComposePipCache.Build;
using ComposePipCache.Cli.Errors;
using ComposePipCache.Cli.Plugin;
using ComposePipCache.Cli.Settings;

namespace ComposePipCache.Cli.Compose;

/// <summary>
/// What was typed after our name: compose's words as they stood, and our own options picked out of them.
/// </summary>
/// <remarks>
/// Ours may stand before the verb, and behind a verb that builds up to the first service or <c>--</c>. Everything else
/// is compose's to judge.
/// </remarks>
internal sealed class ComposeCommandLine
{
    private readonly List<string> _globals = [];
    private readonly List<string> _arguments = [];
    private readonly List<FlagUse> _flags = [];

    private ComposeCommandLine()
    {
    }

    /// <summary>Compose's words before the verb.</summary>
    public IReadOnlyList<string> Globals => _globals;

    public string? Verb { get; private set; }

    /// <summary>Compose's words behind the verb.</summary>
    public IReadOnlyList<string> Arguments => _arguments;

    public IReadOnlyList<FlagUse> Flags => _flags;

    /// <summary>Whether a word behind the verb was no option: ours are over then.</summary>
    public bool HasServices { get; private set; }

    public bool AsksForHelp { get; private set; }

    public bool AsksForVersion { get; private set; }

    /// <summary>All of compose's words.</summary>
    public IEnumerable<string> ComposeWords => Verb is null ? Globals : [.. Globals, Verb, .. Arguments];

    /// <summary>What stands behind an option of compose's before the verb, the last time it does.</summary>
    public string? GlobalValue(string option)
    {
        var at = _globals.FindLastIndex(word =>
            word == option || word.StartsWith(option + "=", StringComparison.Ordinal));
        return at < 0 ? null
            : _globals[at].Length > option.Length ? _globals[at][(option.Length + 1)..]
            : _globals.ElementAtOrDefault(at + 1);
    }

    public static ComposeCommandLine Parse(IReadOnlyList<string> words)
    {
        var line = new ComposeCommandLine();
        var at = line.TakeOptions(words, 0, ComposeOptions.Global, line._globals);
        if (at == words.Count || words[at] == "--")
        {
            line._globals.AddRange(words.Skip(at));
            return line;
        }

        line.Verb = words[at++];
        if (ComposeOptions.CanBuild(line.Verb))
        {
            at = line.TakeOptions(words, at, ComposeOptions.Of(line.Verb), line._arguments);
        }

        line.HasServices = at < words.Count;
        line._arguments.AddRange(words.Skip(at));
        line.AsksForHelp |= AnyHelp(line.Verb, line._arguments);
        return line;
    }

    // Returns where the options end: at the first other word, or at the end.
    private int TakeOptions(IReadOnlyList<string> words, int at, OptionSet known, List<string> others)
    {
        while (at < words.Count && OptionSet.IsOption(words[at]))
        {
            if (TryReadOurs(words, at, out var use, out var length))
            {
                _flags.Add(use);
            }
            else
            {
                var option = known.Read(words, at);
                length = option.WordCount;
                others.AddRange(words.Skip(at).Take(length));
                AsksForHelp |= Verb is null && IsHelp(option);
                AsksForVersion |= Verb is null && option.Name is "version" or "v";
            }

            at += length;
        }

        return at;
    }

    private static bool TryReadOurs(IReadOnlyList<string> words, int at, out FlagUse use, out int length)
    {
        (use, length) = (default, 1);
        var word = words[at];
        if (!word.StartsWith("--", StringComparison.Ordinal))
        {
            return false;
        }

        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? word.AsSpan(2) : word.AsSpan(2, equals - 2);
        if (PipCacheFlags.Find(name) is not { } flag)
        {
            return false;
        }

        var value = equals < 0 ? null : word[(equals + 1)..];
        if (value is null && flag.TakesValue)
        {
            length = 2;
            value = at + 1 < words.Count ? words[at + 1] : throw new PipCacheException(CliErrors.MissingValue(word));
        }

        use = new FlagUse(flag, value);
        return true;
    }

    private static bool AnyHelp(string verb, List<string> arguments)
    {
        var known = ComposeOptions.Of(verb);
        var at = 0;
        while (at < arguments.Count && arguments[at] != "--")
        {
            if (!OptionSet.IsOption(arguments[at]))
            {
                if (!ComposeOptions.IsInterspersed(verb))
                {
                    return false;
                }

                at++;
                continue;
            }

            var option = known.Read(arguments, at);
            if (IsHelp(option))
            {
                return true;
            }

            at += option.WordCount;
        }

        return false;
    }

    private static bool IsHelp(ReadOption option) => option.Name is "help" or "h";
}
