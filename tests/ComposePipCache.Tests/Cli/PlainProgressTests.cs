using System.Text;
using ComposePipCache.Cli.Output;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Cli;

public sealed class PlainProgressTests
{
    private readonly RecordingOutput _output = new();

    [Fact]
    public void A_step_is_told_when_it_begins_and_when_it_ends_each_once()
    {
        Write(
            Vertex("a", "2026-01-01T00:00:00Z"),
            Vertex("a", "2026-01-01T00:00:00Z"),
            Vertex("a", "2026-01-01T00:00:00Z", "2026-01-01T00:00:02.5Z"),
            Vertex("a", "2026-01-01T00:00:00Z"));

        _output.StandardError.ShouldBe("=> [1/2] a ...\n=> [1/2] a 2.5s\n");
    }

    [Fact]
    public void Cached_and_failed_steps_are_told_as_such_and_announcements_alone()
    {
        Write(
            Vertex("b", "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z", ",\"cached\":true"),
            Vertex("c", "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z", ",\"error\":\"x\""),
            Vertex("d", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"));

        _output.StandardError.ShouldBe("=> [1/2] b CACHED\n=> [1/2] c ERROR\n=> [1/2] d\n");
    }

    [Fact]
    public void Text_is_passed_on_wherever_it_is_cut()
    {
        using var progress = new PlainProgress(_output, areStepsShown: false);
        foreach (var part in new[] { "ERR", "OR: one\ntw", "o\n", Vertex("a", "2026-01-01T00:00:00Z") + "\n" })
        {
            progress.Write(Encoding.UTF8.GetBytes(part));
        }

        _output.StandardError.ShouldBe("ERROR: one\ntwo\n");
    }

    [Fact]
    public void Other_reports_are_no_steps()
    {
        Write("""{"statuses":[{"id":"x"}]}""", """{"vertexes":[{"digest":"sha256:a","name":"not begun"}]}""");

        _output.StandardError.ShouldBeEmpty();
    }

    private void Write(params string[] lines)
    {
        using var progress = new PlainProgress(_output, areStepsShown: true);
        foreach (var line in lines)
        {
            progress.Write(Encoding.UTF8.GetBytes(line + "\n"));
        }
    }

    private static string Vertex(string name, string started, string? completed = null, string more = "") =>
        $$"""{"vertexes":[{"digest":"sha256:{{name}}","name":"[1/2] {{name}}","started":"{{started}}"{{(completed is null ? "" : $",\"completed\":\"{completed}\"")}}{{more}}}]}""";
}
