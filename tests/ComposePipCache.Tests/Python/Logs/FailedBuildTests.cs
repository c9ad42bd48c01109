using ComposePipCache.Python.Logs;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Logs;

public class FailedBuildTests
{
    [Theory]
    [InlineData("23.0.1")]
    [InlineData("25.1.1")]
    [InlineData("26.2.2")]
    public void What_a_build_printed_is_found_again(string pip)
    {
        Fixtures.Run("other", "build-failed", pip).Console
            .ShouldNotContain("RuntimeError");

        var build = FailedBuild.Last(new StringReader(Fixtures.Log("other", "build-failed", pip)));

        build.ShouldNotBeNull().Step.ShouldBe("Getting requirements to build wheel");
        build.Output[0].ShouldBe("Traceback (most recent call last):");
        build.Output[^1].ShouldBe("RuntimeError: cannot build: Connection to db.example timed out. HTTP error 503");
    }

    [Theory]
    [InlineData("23.0.1")]
    [InlineData("26.2.2")]
    public void A_step_whose_builds_succeed_has_none(string pip)
    {
        FailedBuild.Last(new StringReader(Fixtures.Log("good", "sdist", pip))).ShouldBeNull();
    }
}
