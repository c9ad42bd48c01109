using ComposePipCache.Python.Commands;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Commands;

public class NoCacheDirTests
{
    [Theory]
    [InlineData("pip install --no-cache-dir -r r.txt", "pip install  -r r.txt")]
    [InlineData("pip --no-cache-dir install x", "pip  install x")]
    [InlineData("pip install x --no-cache-dir", "pip install x ")]
    [InlineData("pip install x --no-cache-dir;echo y", "pip install x ;echo y")]
    [InlineData("pip install --no-cache x", "pip install  x")]
    [InlineData("apt-get update && \\\n\tpip install \\\n --no-cache-dir \\\n x && \\\n uv pip install --no-cache y",
        "apt-get update && \\\n\tpip install \\\n  \\\n x && \\\n uv pip install --no-cache y")]
    [InlineData("pip install --no-cache-dir a && pip wheel --no-cache-dir b", "pip install  a && pip wheel  b")]
    [InlineData("if x; then pip install --no-cache-dir a; fi", "if x; then pip install  a; fi")]
    [InlineData("bash -c 'pip install --no-cache-dir a'", "bash -c 'pip install  a'")]
    [InlineData("bash -c \"pip install --no-cache-dir $X\"", "bash -c \"pip install  $X\"")]
    [InlineData("X=$(pip install --no-cache-dir a)", "X=$(pip install  a)")]
    [InlineData("conda run -n e pip install --no-cache-dir a", "conda run -n e pip install  a")]
    [InlineData("sudo -E pip install --no-cache-dir a", "sudo -E pip install  a")]
    [InlineData("echo --no-cache-dir; pip install --no-cache-dir a # --no-cache-dir",
        "echo --no-cache-dir; pip install  a # --no-cache-dir")]
    public void The_word_goes_and_every_other_character_stays(string text, string expected)
    {
        var changed = Steps.Analyze(text).WithoutNoCacheDir().ShouldNotBeNull();

        changed.ShouldBe(["/bin/sh", "-c", expected]);
        StepAnalysis.Of(new RunStep(changed)).WithoutNoCacheDir().ShouldBeNull();
    }

    [Theory]
    [InlineData("pip install x")]
    [InlineData("pip install '--no-cache-dir' x")]
    [InlineData("pip install \"--no-cache-dir\" x")]
    [InlineData("pip install --no-cache\\-dir x")]
    [InlineData("pip install --no-cache-\\\ndir x")]
    [InlineData("pip install $OPTIONS x")]
    [InlineData("bash -c \"pip install --no-cache-dir \\\"a\\\"\"")]
    [InlineData("uv pip install --no-cache x")]
    [InlineData("poetry install --no-cache")]
    [InlineData("pipx install --pip-args=--no-cache-dir x")]
    [InlineData("sudo pip install --no-cache-dir x")]
    [InlineData("pip install --isolated --no-cache-dir x")]
    [InlineData("su bob -c 'pip install --no-cache-dir x'")]
    [InlineData("pip install --cache-dir /c --no-cache-dir x")]
    [InlineData("PIP_CACHE_DIR=/c pip install --no-cache-dir x")]
    [InlineData("unset PIP_CACHE_DIR; pip install --no-cache-dir x")]
    [InlineData("echo pip install --no-cache-dir")]
    [InlineData("pip install -r --no-cache-dir")]
    [InlineData("pip install -- --no-cache-dir")]
    [InlineData("pip install --no-cache-dir=1 x")]
    public void A_word_that_is_not_the_builds_to_take_stays(string text) =>
        Steps.Analyze(text, "OPTIONS=--no-cache-dir").WithoutNoCacheDir().ShouldBeNull();

    [Fact]
    public void In_the_exec_form_the_argument_goes() => StepAnalysis
        .Of(Steps.Exec("pip", "install", "--no-cache-dir", "-r", "r.txt")).WithoutNoCacheDir()
        .ShouldBe(["pip", "install", "-r", "r.txt"]);

    [Fact]
    public void A_script_that_is_mounted_cannot_be_changed()
    {
        var files = new Dictionary<string, string> { ["/dev/pipes/EOF"] = "#!/bin/sh\npip install --no-cache-dir x\n" };

        var step = StepAnalysis.Of(Steps.Exec("/dev/pipes/EOF") with { Files = files });

        step.IsPipStep.ShouldBeTrue();
        step.WithoutNoCacheDir().ShouldBeNull();
    }

    [Fact]
    public void Nothing_but_the_word_is_ever_taken() => Scripts.Plausible.Sample(text =>
    {
        var changed = Steps.Analyze(text).WithoutNoCacheDir();
        if (changed is null)
        {
            return;
        }

        changed.Count.ShouldBe(3);
        Steps.Analyze(changed[2]).WithoutNoCacheDir().ShouldBeNull();
        var taken = (text.Length - changed[2].Length) / "--no-cache-dir".Length;
        text.Replace("--no-cache-dir", "").ShouldBe(changed[2].Replace("--no-cache-dir", ""));
        taken.ShouldBeGreaterThan(0);
    });
}
