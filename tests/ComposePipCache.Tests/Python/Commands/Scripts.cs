using CsCheck;

namespace ComposePipCache.Tests.Python.Commands;

/// <summary>Random shell text: of anything at all, and of pieces that mean something.</summary>
internal static class Scripts
{
    private static readonly string[] Pieces =
    [
        "pip", "install", "--no-cache-dir", "-r", "r.txt", " ", " ", " ", "\n", "\\\n", ";", "&&", "||", "|", "&", "(",
        ")", "{", "}", "'", "\"", "`", "$(", "${", "$X", "$", "\\", "#", "<<EOF", "EOF", "<", ">", ">=", "<(", "if",
        "then", "else", "fi", "for", "in", "do", "done", "case", "esac", ";;", "function", "f()", "bash -c", "sudo",
        "env", "xargs", "su -", "cd", "export", "A=", "B=$A$A", "eval", "python -m", "uv run", "-", "--", "[[", "]]",
        "conda run", "find -exec", "=", "=(", "é", "\t", "\r", "\0",
    ];

    public static Gen<string> Anything { get; } = Gen.String[0, 60];

    public static Gen<string> Plausible { get; } =
        Gen.Int[0, Pieces.Length - 1].Select(index => Pieces[index]).Array[0, 40]
            .Select(pieces => string.Concat(pieces));
}
