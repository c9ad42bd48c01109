using System.Collections.Frozen;
using ComposePipCache.Python.Commands.Shell;

namespace ComposePipCache.Python.Commands;

/// <summary>Programs that run another program: which words are theirs.</summary>
internal static class CommandWrappers
{
    private static readonly FrozenDictionary<string, (string[] ValueOptions, int Operands)> Plain =
        new Dictionary<string, (string[] ValueOptions, int Operands)>
        {
            ["exec"] = (["-a"], 0),
            ["command"] = ([], 0),
            ["builtin"] = ([], 0),
            ["nohup"] = ([], 0),
            ["busybox"] = ([], 0),
            ["time"] = (["-f", "-o"], 0),
            ["nice"] = (["-n"], 0),
            ["ionice"] = (["-c", "-n"], 0),
            ["timeout"] = (["-k", "-s", "--kill-after", "--signal"], 1),
            ["stdbuf"] = (["-i", "-o", "-e"], 0),
            ["setsid"] = ([], 0),
            ["eatmydata"] = ([], 0),
            ["chronic"] = ([], 0),
            ["unbuffer"] = ([], 0),
            ["linux32"] = ([], 0),
            ["linux64"] = ([], 0),
            ["setarch"] = ([], 1),
            ["xvfb-run"] = (["-n", "-s", "-e", "-f", "-p", "-w"], 0),
            ["tini"] = (["-e"], 0),
            ["dumb-init"] = ([], 0),
        }.ToFrozenDictionary();

    public static readonly string[] Sudo =
        ["-u", "-g", "-h", "-p", "-C", "-r", "-t", "-U", "-T", "-D", "-R", "-Hu", "-EHu", "--user", "--group"];

    public static readonly string[] Env = ["-u", "-C", "--unset", "--chdir"];

    public static readonly string[] Xargs =
        ["-n", "-L", "-I", "-P", "-d", "-a", "-s", "-E", "--max-args", "--max-lines", "--max-procs", "--arg-file",
         "--delimiter", "-j", "--jobs"];

    public static readonly string[] CondaRun = ["-n", "--name", "-p", "--prefix", "--cwd", "-r", "--root-prefix"];

    public static readonly string[] ChangeUser = ["-u", "-g", "-G", "--user", "--group", "--reuid", "--regid"];

    public static (string[] ValueOptions, int Operands)? Find(string name) =>
        Plain.TryGetValue(name, out var found) ? found : null;

    /// <summary>Moves behind a program, its options and its own operands.</summary>
    /// <returns>The options and operands in between.</returns>
    public static List<CommandWord> Skip(
        List<CommandWord> words, ref int position, string[] valueOptions, int operands)
    {
        var start = ++position;
        while (position < words.Count)
        {
            var text = words[position].Text;
            if (text == "--")
            {
                position++;
                break;
            }

            if (!text.StartsWith('-'))
            {
                break;
            }

            position += valueOptions.Contains(text) ? 2 : 1;
        }

        position = Math.Min(position + operands, words.Count);
        return words.GetRange(start, position - start);
    }

    public static bool IsShell(string name) => name is "sh" or "bash" or "dash" or "ash" or "zsh" or "ksh";

    /// <summary>True for text that the system gives to a shell: by its first line, or for want of one.</summary>
    public static bool IsShellScript(string text)
    {
        if (!text.StartsWith("#!", StringComparison.Ordinal))
        {
            return true;
        }

        var line = text.AsSpan(2, Math.Max(text.IndexOf('\n', StringComparison.Ordinal), 2) - 2).ToString();
        var words = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => new CommandWord(word).FileName);
        return words.FirstOrDefault(word => word != "env" && !word.StartsWith('-')) is { } name && IsShell(name);
    }

    /// <summary>Finds what a shell is told to run: the text behind <c>-c</c>, else the name of a file.</summary>
    public static CommandWord? FindShellScript(List<CommandWord> words, int position, out bool isText)
    {
        isText = false;
        for (position++; position < words.Count; position++)
        {
            var text = words[position].Text;
            if (text is "--" or "-" || text.Length < 2 || text[0] is not ('-' or '+'))
            {
                return text is "--" or "-" && isText ? words.ElementAtOrDefault(position + 1) : words[position];
            }

            if (text.StartsWith("--", StringComparison.Ordinal))
            {
                position += text is "--rcfile" or "--init-file" ? 1 : 0;
                continue;
            }

            isText |= text[0] == '-' && text.Contains('c');
            position += text.EndsWith('o') || text.EndsWith('O') ? 1 : 0;
        }

        return null;
    }
}
