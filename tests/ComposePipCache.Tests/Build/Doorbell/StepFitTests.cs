using ComposePipCache.Build.Doorbell;
using ComposePipCache.Build.Doorbell.Containers;
using ComposePipCache.Tests.Build.Passes;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Doorbell;

public class StepFitTests
{
    private static readonly InterpreterFacts Bookworm = new()
    {
        Path = "/usr/local/bin/python3",
        Implementation = "cpython",
        Version = "3.11.2",
        Prefix = "/usr/local",
        Machine = "x86_64",
        Bits = 64,
        Platform = "linux-x86_64",
        Abi = "cpython-311-x86_64-linux-gnu",
        IsFreeThreaded = false,
        Libc = "glibc 2.36",
        PipVersion = "23.0.1",
    };

    [Theory]
    [InlineData("foo-1.0-py3-none-any.whl", true)]
    [InlineData("foo-1.0-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", true)]
    [InlineData("foo-1.0-cp37-abi3-manylinux2014_x86_64.whl", true)]
    [InlineData("foo-1.0-cp311-cp311-linux_x86_64.whl", true)]
    [InlineData("foo-1.0.tar.gz", true)]
    [InlineData("foo-1.0-cp313-cp313-manylinux2014_x86_64.whl", false)]
    [InlineData("foo-1.0-cp311-cp311-win_amd64.whl", false)]
    [InlineData("foo-1.0-cp311-cp311-musllinux_1_2_x86_64.whl", false)]
    [InlineData("foo-1.0-cp311-cp311-manylinux_2_39_x86_64.whl", false)]
    [InlineData("foo-1.0-cp311-cp311-manylinux2014_aarch64.whl", false)]
    public void A_wheel_fits_as_pip_has_it(string fileName, bool isTaken) =>
        new StepFit(PipSteps.Create(), Bookworm).IsTaken(fileName).ShouldBe(isTaken);

    [Theory]
    [InlineData("pip download --platform win_amd64 --only-binary :all: foo")]
    [InlineData("pip install foo && /venv/bin/pip install foo")]
    public void Every_wheel_may_be_wanted_by_a_step_that_is_not_for_one_interpreter(string command) =>
        new StepFit(PipSteps.CreateFor(command), Bookworm).IsTaken("foo-1.0-cp313-cp313-win_amd64.whl").ShouldBeTrue();

    [Fact]
    public void Every_wheel_may_be_wanted_where_no_interpreter_is_known() =>
        new StepFit(PipSteps.Create(), null).IsTaken("foo-1.0-cp313-cp313-win_amd64.whl").ShouldBeTrue();

    [Theory]
    [InlineData("cpython-313t-x86_64-linux-gnu", "3.13", "cp313t")]
    [InlineData("cpython-37m-x86_64-linux-gnu", "3.7", "cp37m")]
    public void The_flags_of_an_interpreter_are_seen(string abi, string version, string tag)
    {
        var fit = new StepFit(PipSteps.Create(), Bookworm with { Abi = abi, Version = version });

        var python = "cp" + version.Replace(".", "", StringComparison.Ordinal);
        fit.IsTaken($"foo-1.0-{python}-{tag}-manylinux2014_x86_64.whl").ShouldBeTrue();
        fit.IsTaken($"foo-1.0-{python}-{tag}x-manylinux2014_x86_64.whl").ShouldBeFalse();
    }
}
