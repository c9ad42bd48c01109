using ComposePipCache.Build;
using ComposePipCache.Cli.Plugin;
using ComposePipCache.Wheelhouse.Errors;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Cli;

public class ErrorBoundaryTests
{
    private static async Task<string> RenderAsync(Exception error)
    {
        var output = new RecordingOutput();
        (await ErrorBoundary.RunAsync(output, () => Task.FromException<int>(error))).ShouldBe(1);
        output.StandardOutput.ShouldBeEmpty();
        return output.StandardError;
    }

    [Fact]
    public async Task A_failure_of_the_wheelhouse_has_the_three_parts_of_any_other() =>
        (await RenderAsync(new WheelhouseException(new WheelhouseProblem("code", "what", "why", "do"))))
            .ShouldBe("ERROR: what\ncause: why\nhint:  do\n");

    [Fact]
    public async Task So_has_a_special_one() =>
        (await RenderAsync(new DigestMismatchException("foo-1.0.tar.gz", "aa", "bb")))
            .ShouldStartWith(
                "ERROR: foo-1.0.tar.gz is not the file that was promised\n"
                + "cause: its sha256 is bb, expected aa\n");

    [Fact]
    public async Task One_of_ours_is_told_as_it_is() =>
        (await RenderAsync(new PipCacheException(new ErrorText("code", "what")))).ShouldBe("ERROR: what\n");

    [Fact]
    public async Task Whatever_else_escapes_is_told_as_a_bug() =>
        (await RenderAsync(new InvalidOperationException("oops"))).ShouldContain("this is a bug in docker pipcache");
}
