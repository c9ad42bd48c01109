using ComposePipCache.Python.Requirements;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Requirements;

public class StepKeyTests
{
    private static readonly InterpreterFacts Interpreter = new()
    {
        Implementation = "cpython",
        Version = "3.11",
        Abi = "cp311",
        Machine = "x86_64",
        Libc = "glibc-2.36",
        PipVersion = "24.0",
    };

    [Theory]
    [InlineData("pip install -q -vv x")]
    [InlineData("pip install --no-cache-dir --progress-bar off x")]
    [InlineData("pip --no-color install --timeout 99 --retries=7 --disable-pip-version-check x")]
    [InlineData("pip3 install --no-input --root-user-action=ignore x")]
    [InlineData("python -m pip install X")]
    [InlineData("apt-get update && pip install x && rm -rf /tmp/y")]
    [InlineData("pip install --upgrade pip && pip install x")]
    [InlineData("export DEBIAN_FRONTEND=noninteractive PIP_RETRIES=4; pip install x")]
    [InlineData("# a comment\nset -ex; pip install \\\n  x")]
    public void What_changes_no_result_changes_no_key(string text) => Key(text).ShouldBe(Key("pip install x"));

    [Theory]
    [InlineData("pip install y")]
    [InlineData("pip install -U x")]
    [InlineData("pip install --pre x")]
    [InlineData("pip install --no-deps x")]
    [InlineData("pip install -i https://h/s x")]
    [InlineData("pip install --no-binary :all: x")]
    [InlineData("pip install --unknown x")]
    [InlineData("pip download x")]
    [InlineData("pip install x && pip install x")]
    [InlineData("PIP_PRE=1 pip install x")]
    [InlineData("CFLAGS=-O3 pip install x")]
    [InlineData("python3.12 -m pip install x")]
    [InlineData("/venv/bin/pip install x")]
    [InlineData("conda run -n e pip install x")]
    public void What_may_change_the_result_changes_the_key(string text) => Key(text).ShouldNotBe(Key("pip install x"));

    [Fact]
    public void The_interpreter_the_platform_and_the_indexes_are_part_of_it()
    {
        var keys = new[]
        {
            Key("pip install x"),
            Key("pip install x", Interpreter with { Version = "3.12" }),
            Key("pip install x", Interpreter with { Implementation = "pypy" }),
            Key("pip install x", Interpreter with { Abi = "cp311d" }),
            Key("pip install x", Interpreter with { Machine = "aarch64" }),
            Key("pip install x", Interpreter with { Libc = "musl-1.2" }),
            Key("pip install x", Interpreter with { PipVersion = "25.0" }),
            Key("pip install x", platform: "linux/arm64"),
            Key("pip install x", indexes: ["https://h/simple", "https://h/more"]),
        };

        keys.Select(key => key.Digest).ShouldBeUnique();
    }

    [Fact]
    public void Credentials_are_no_part_of_it()
    {
        Key("pip install -i https://u:one@h/s x", indexes: ["https://u:one@h/s/"])
            .ShouldBe(Key("pip install -i https://u:two@h/s x", indexes: ["https://h/s"]));
        Key("A=secret pip install x").Text.ShouldNotContain("secret");
    }

    [Fact]
    public void The_text_is_readable_and_stable()
    {
        var key = Key("CC=gcc pip install -U -f /w flask==2 'a[c,b]>=1'");

        key.Text.ShouldBe(
            """
            step key 1
            platform linux/amd64
            interpreter cpython 3.11 cp311 x86_64 glibc-2.36
            pip 24.0
            index https://h/simple
            command pip install
            option --upgrade
            option --find-links=/w
            variable CC 94f0fa7f897ccce6
            requirements
            flask==2
            a[b,c]>=1

            """);
        key.Digest.Length.ShouldBe(64);
    }

    private static StepKey Key(
        string text, InterpreterFacts? interpreter = null, string platform = "linux/amd64", string[]? indexes = null)
    {
        var step = Steps.Analyze(text);
        var requirements = StepRequirements.Read(step, new Dictionary<string, string?>());
        return StepKey.Compute(
            step, requirements, interpreter ?? Interpreter, platform, indexes ?? ["https://h/simple"]);
    }
}
