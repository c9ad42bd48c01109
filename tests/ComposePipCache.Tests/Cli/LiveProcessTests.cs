using System.Diagnostics;
using System.Globalization;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Cli;

public sealed class LiveProcessTests : IDisposable
{
    private const int Interrupt = 2;
    private const int Killed = 9;
    private const int Terminate = 15;
    private const int Deadline = 60_000;

    // The shell runs a trap only between two commands, so it waits for a sleeper rather than sleep itself. The sleeper
    // is killed: until it has become sleep, it still has the shell's own way with gentler signals.
    private const string WaitForSignal =
        """
        sleep 600 &
        trap 'echo asked; kill -9 $!; exit 130' TERM
        trap 'echo interrupted; kill -9 $!; exit 130' INT
        echo ready
        wait $!
        """;

    private readonly LiveCli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("docker-pipcache", "\"v0.1.0\"")]
    [InlineData("docker-buildx", "\"v0.29.1+pipcache\"")]
    public async Task The_name_it_is_started_by_decides_what_it_is(string name, string version)
    {
        var run = await _cli.RunAsync(name, ["docker-cli-plugin-metadata"]);

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain($"\"Version\": {version}");
        run.Output.ShouldContain("\"SchemaVersion\": \"0.1.0\"");
    }

    [Theory]
    [InlineData("up")]
    [InlineData("ps")]
    public async Task Exit_code_input_and_streams_are_composes_own(string verb)
    {
        _cli.Compose("cat; echo to stderr >&2; exit 17");

        var run = await _cli.RunAsync("docker-pipcache", ["pipcache", verb], input: "from stdin\n");

        run.ShouldBe(new LiveCli.Finished(17, "from stdin\n", "to stderr\n"));
    }

    [Fact]
    public async Task Words_arrive_as_they_were_typed()
    {
        _cli.Compose("""for word in "$@"; do printf '<%s>' "$word"; done""");

        var run = await _cli.RunAsync("docker-pipcache", ["pipcache", "run", "web", "", "a b", "$x", "'", "ü"]);

        run.Output.ShouldEndWith("<compose><run><web><><a b><$x><'><ü>");
    }

    [Fact]
    public async Task Without_a_build_it_becomes_compose()
    {
        _cli.Compose("echo $$");

        var process = _cli.Start(_cli.Program("docker-pipcache"), "pipcache", "ps");
        var run = await LiveCli.FinishAsync(process, TestContext.Current.CancellationToken);

        run.Output.Trim().ShouldBe(process.Id.ToString(CultureInfo.InvariantCulture));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_request_to_end_is_passed_on_and_composes_answer_is_ours()
    {
        _cli.Compose(WaitForSignal);
        var process = await StartReadyAsync("pipcache", "up");

        LiveCli.Signal(process, Terminate);

        (await LiveCli.FinishAsync(process, TestContext.Current.CancellationToken))
            .ShouldBe(new LiveCli.Finished(130, "asked\n", ""));
    }

    [Fact(Timeout = Deadline)]
    public async Task So_is_an_interrupt_that_is_meant_for_us_alone()
    {
        Assert.SkipWhen(LiveCli.IgnoresInterrupts(), "interrupts are ignored where these tests run");
        _cli.Compose(WaitForSignal);
        var process = await StartReadyAsync("pipcache", "up");

        LiveCli.Signal(process, Interrupt);

        (await LiveCli.FinishAsync(process, TestContext.Current.CancellationToken))
            .ShouldBe(new LiveCli.Finished(130, "interrupted\n", ""));
    }

    [Fact(Timeout = Deadline)]
    public async Task When_we_are_killed_compose_is_asked_to_end()
    {
        _cli.Compose(WaitForSignal);
        var process = await StartReadyAsync("pipcache", "up");

        LiveCli.Signal(process, Killed);

        // Once for each of our threads that was its parent when it died: the kernel hands children on until none is left.
        var finished = await LiveCli.FinishAsync(process, TestContext.Current.CancellationToken);
        finished.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().ShouldBe(["asked"]);
    }

    [Fact(Timeout = Deadline)]
    public async Task Who_asks_three_times_gets_it()
    {
        _cli.Compose("trap 'echo again' TERM; echo ready; for i in 1 2 3 4 5 6; do read line; done");
        var process = await StartReadyAsync("pipcache", "up");

        foreach (var _ in (int[])[1, 2])
        {
            LiveCli.Signal(process, Terminate);
            (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("again");
        }

        LiveCli.Signal(process, Terminate);

        (await LiveCli.FinishAsync(process, TestContext.Current.CancellationToken)).ExitCode.ShouldBe(128 + Killed);
    }

    [Fact(Timeout = Deadline)]
    public async Task In_a_terminal_compose_sees_one_and_its_keys_reach_it_once()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "there is no `script` to make a terminal with");
        Assert.SkipWhen(LiveCli.IgnoresInterrupts(), "interrupts are ignored where these tests run");
        _cli.Compose(
            """
            [ -t 0 ] && [ -t 1 ] && [ -t 2 ] && echo a terminal
            trap 'echo interrupted; kill $!; sleep 1; exit 130' INT
            echo ready
            sleep 600 & wait $!
            """);
        var process = _cli.Start(
            "/usr/bin/script", "--quiet", "--return", "--echo", "never",
            "--command", $"{_cli.Program("docker-pipcache")} pipcache up", "/dev/null");
        var seen = await ReadUntilAsync(process, "ready");

        await process.StandardInput.WriteAsync('\x03');
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);

        var run = await LiveCli.FinishAsync(process, TestContext.Current.CancellationToken);
        seen.ShouldContain("a terminal");
        run.Output.Split("interrupted").Length.ShouldBe(2);
        run.ExitCode.ShouldBe(130);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_completion_does_not_wait_for_a_compose_that_hangs()
    {
        _cli.Compose($"echo $$ > {_cli.Folder.At("pid")}; sleep 600; true");
        var process = _cli.Start(_cli.Program("docker-pipcache"), "__complete", "pipcache", "v");

        var run = await LiveCli.FinishAsync(process, TestContext.Current.CancellationToken);

        run.Output.ShouldBe("version\tShow the version of docker pipcache\n:4\n");
        var compose = await File.ReadAllTextAsync(_cli.Folder.At("pid"), TestContext.Current.CancellationToken);
        Directory.Exists($"/proc/{compose.Trim()}").ShouldBeFalse();
    }

    [Fact]
    public async Task A_failure_is_told_in_three_parts_with_composes_exit_code()
    {
        _cli.Variables["DOCKER_BUILDKIT"] = "0";
        _cli.Compose("exit 0");

        var run = await _cli.RunAsync("docker-pipcache", ["pipcache", "up"]);

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldMatch("^ERROR: DOCKER_BUILDKIT=0 .*\ncause: .*\nhint:  .*\n$");
    }

    [Fact]
    public async Task A_compose_that_cannot_be_started_is_named()
    {
        _cli.Compose("exit 0");
        File.WriteAllText(_cli.Folder.At("docker", "cli-plugins", "docker-compose"), "no program\n");

        var run = await _cli.RunAsync("docker-pipcache", ["pipcache", "ps"]);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldStartWith("ERROR: cannot start ");
    }

    private Task<Process> StartReadyAsync(params string[] arguments) =>
        StartReadyAsync(_cli.Start(_cli.Program("docker-pipcache"), arguments));

    private static async Task<Process> StartReadyAsync(Process process)
    {
        (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("ready");
        return process;
    }

    private static async Task<string> ReadUntilAsync(Process process, string last)
    {
        var seen = "";
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            seen += line;
            if (line.Contains(last, StringComparison.Ordinal))
            {
                return seen;
            }
        }

        throw new InvalidOperationException($"it ended after: {seen}");
    }
}
