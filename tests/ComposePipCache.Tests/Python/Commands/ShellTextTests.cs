using ComposePipCache.Python.Commands.Shell;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Commands;

public class ShellTextTests
{
    [Theory]
    [InlineData("a b\tc", "a|b|c")]
    [InlineData("a 'b c' \"d e\"", "a|b c|d e")]
    [InlineData("a\\ b 'c'\"d\"e", "a b|cde")]
    [InlineData("a \"\" ''", "a||")]
    [InlineData("a \\\n b\\\nc", "a|bc")]
    [InlineData("a # b", "a")]
    [InlineData("a#b", "a#b")]
    [InlineData("a 2>&1 >b <c d", "a|d")]
    [InlineData("coverme>=0.6.2", "coverme")]
    [InlineData("a &>b 3<>c >|d e", "a|e")]
    [InlineData("a \"b \\\"c\\\" \\d\"", "a|b \"c\" \\d")]
    [InlineData("a $'b c' \"'d'\"", "a|b c|'d'")]
    [InlineData("a <<E b\nx y\nE", "a|b")]
    [InlineData("a <<-'E'\n\tx\n\tE", "a")]
    [InlineData("a <<<word b", "a|b")]
    [InlineData("a 'open", "a|open")]
    [InlineData("a $ b$", "a|$|b$")]
    public void Words_are_those_of_the_shell(string text, string expected)
    {
        var command = ShellScript.Read(text, new ShellScope(null)).ShouldHaveSingleItem();

        command.Words.Select(word => string.Concat(word.Pieces.Select(piece => piece.Text)))
            .ShouldBe(expected.Split('|'));
    }

    [Fact]
    public void A_here_document_is_kept_with_its_command_and_ends_where_it_says()
    {
        var commands = ShellScript.Read("cat <<A <<-B > f && x\na1\na2\nA\n\tb\n\tB\ny", new ShellScope(null));

        commands.Select(command => command.Words.Count).ShouldBe([1, 1, 1]);
        commands[0].Redirects.Select(redirect => redirect.Body).ShouldBe(["a1\na2\n", "\tb\n", null]);
    }

    [Fact]
    public void Any_text_has_an_analysis() => Scripts.Anything.Sample(Analyze);

    [Fact]
    public void Any_mixture_of_shell_pieces_has_an_analysis() => Scripts.Plausible.Sample(Analyze, iter: 20_000);

    [Fact]
    public void Words_lie_in_the_text_in_order() => Scripts.Plausible.Sample(text =>
    {
        var position = 0;
        foreach (var token in ShellLexer.Read(text))
        {
            token.Start.ShouldBeGreaterThanOrEqualTo(position);
            position = token.Word?.End ?? token.Redirect?.Target?.End ?? token.Start + token.Operator.Length;
            position.ShouldBeLessThanOrEqualTo(text.Length);
            position.ShouldBeGreaterThan(token.Start);
        }
    });

    // a quadratic reader would need minutes for any of these
    [Theory]
    [InlineData("(")]
    [InlineData("$(")]
    [InlineData("\"$(")]
    [InlineData("${")]
    [InlineData("`")]
    [InlineData("<<E\n")]
    [InlineData("if ")]
    [InlineData("cd a;")]
    [InlineData("A=$A$A;pip install $A;")]
    [InlineData("export PIP_X=1;pip install x;")]
    [InlineData("uv run ")]
    [InlineData("bash -c ")]
    [InlineData("x|xargs pip install ")]
    [InlineData("( x ) || ")]
    [InlineData("http://a/")]
    [InlineData("pip install http://u@a/ ")]
    [InlineData("sudo ")]
    [InlineData("'\"")]
    [InlineData("find -exec ")]
    [InlineData("case x in a) pip install x;; esac;")]
    public void Long_texts_take_no_longer_than_their_length(string piece) =>
        Analyze(string.Concat(Enumerable.Repeat(piece, 300_000 / piece.Length)));

    private static void Analyze(string text)
    {
        var analysis = Steps.Analyze(text, "X=a b", "A=x");

        analysis.WithoutNoCacheDir();
        _ = analysis.NeedsLock | analysis.IsReplayable | analysis.ClearedBy is null;
        foreach (var command in analysis.Commands)
        {
            command.ToString().ShouldNotBeNull();
        }
    }
}
