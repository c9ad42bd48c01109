using CliWrap.Buffered;
using Shouldly;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>What is asked of a command in most tests.</summary>
[ShouldlyMethods]
internal static class BuildAssertions
{
    /// <summary>Exit code 0 and no stack trace of ours or of pip's.</summary>
    public static void ShouldHaveBuilt(this BufferedCommandResult build)
    {
        build.ExitCode.ShouldBe(0, build.Everything());
        build.Everything().ShouldNotContain("Traceback", Case.Sensitive);
        build.Everything().ShouldNotContain("\n   at ", Case.Sensitive);
    }

    public static string Everything(this BufferedCommandResult build) => build.StandardOutput + build.StandardError;
}
