using System.Buffers;
using ComposePipCache.Python.Commands.Shell;

namespace ComposePipCache.Python.Commands;

/// <summary>What an interpreter is told to run: a module, or a file.</summary>
/// <param name="Name">The module's name as a program would be called, or the file's path.</param>
/// <param name="IsModule">True behind <c>-m</c>.</param>
/// <param name="End">The position of the first argument.</param>
internal sealed record PythonInvocation(string Name, bool IsModule, int End)
{
    private static readonly SearchValues<char> VersionCharacters = SearchValues.Create("0123456789.");

    public static bool IsInterpreter(string name) =>
        IsVersionOf(name, "python") || IsVersionOf(name, "pypy") || name is "py" or "micropython";

    public static bool IsPip(string name) =>
        IsVersionOf(name, "pip") || IsVersionOf(name, "pip-") || name == "pip.pyz";

    /// <summary>Reads the interpreter's own options; null when it runs code or the input.</summary>
    public static PythonInvocation? Of(List<CommandWord> words, int position)
    {
        for (position++; position < words.Count; position++)
        {
            var text = words[position].Text;
            if (!text.StartsWith('-'))
            {
                return new PythonInvocation(text, IsModule: false, position + 1);
            }

            if (text is "-" or "--")
            {
                return null;
            }

            var isLong = text.StartsWith("--", StringComparison.Ordinal);
            var option = isLong ? -1 : text.IndexOfAny(['m', 'c', 'W', 'X'], 1);
            if (option < 0)
            {
                position += text == "--check-hash-based-pycs" ? 1 : 0;
                continue;
            }

            var hasValue = option + 1 < text.Length;
            position += hasValue ? 0 : 1;
            switch (text[option])
            {
                case 'c':
                    return null;
                case 'm' when position < words.Count:
                    var module = hasValue ? text[(option + 1)..] : words[position].Text;
                    return new PythonInvocation(ProgramOf(module), IsModule: true, position + 1);
            }
        }

        return null;
    }

    private static string ProgramOf(string module) => module switch
    {
        "pip._internal" or "pip.__main__" => "pip",
        "pre_commit" => "pre-commit",
        "piptools" => "pip-tools",
        _ => module,
    };

    private static bool IsVersionOf(string name, string program) =>
        name.StartsWith(program, StringComparison.Ordinal)
        && name.AsSpan(program.Length).IndexOfAnyExcept(VersionCharacters) < 0
        && !name.EndsWith('-');
}
