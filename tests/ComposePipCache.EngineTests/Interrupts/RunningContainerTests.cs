using ComposePipCache.Bed;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.Interrupts;

/// <summary>Once the containers run, an interrupt is about them, and compose's to answer.</summary>
public class RunningContainerTests
{
    private static readonly string[] Up = ["up", "--build"];
    private static readonly string[] Run = ["run", "--build", "--rm", "-T", "web"];

    [Theory]
    [InlineData(Signals.Interrupt, Role.Docker)]
    [InlineData(Signals.Terminate, Role.Docker)]
    [InlineData(Signals.Terminate, Role.Plugin)]
    public async Task An_interrupt_stops_them_as_with_compose(int signal, Role role)
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[^1]);
        var wanted = await InterruptAsync(engine, ["compose", .. Up], signal, Role.Docker);

        var answer = await InterruptAsync(engine, ["pipcache", .. Up], signal, role);

        answer.ShouldBe(wanted);
    }

    [Fact]
    public async Task The_answer_of_a_container_that_gets_the_signal_is_kept()
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[^1]);
        var wanted = await InterruptAsync(engine, ["compose", .. Run], Signals.Terminate, Role.Compose);

        var answer = await InterruptAsync(engine, ["pipcache", .. Run], Signals.Terminate, Role.Plugin);

        answer.ShouldBe(wanted);
        answer.ShouldBe(128 + Signals.Terminate);
    }

    private static async Task<int> InterruptAsync(Engine engine, string[] words, int signal, Role role)
    {
        var marker = MarkedProcesses.NewMarker();
        await using var project = ComposeProject.FromFiles(
            engine,
            ("compose.yaml", $"services: {{web: {{build: ., init: true, command: sleep {marker}}}}}\n"),
            ("Dockerfile", "FROM busybox\n"));
        using var command = LiveCommand.Start(engine, project.Folder, words);
        await Eventually.HoldsAsync(
            () => MarkedProcesses.Running($"sleep {marker}").Count > 0
                && (words[1] != Up[0] || command.Output.Contains("Attaching to", StringComparison.Ordinal)),
            () => $"the container did not start\n{command.Output}");

        command.Send(role, signal);

        await command.EndAsync();
        await Eventually.HoldsAsync(() => command.All().Count == 0, () => "a process is left");
        (await project.ContainersAsync()).ShouldBeEmpty(command.Output);
        MarkedProcesses.Running($"sleep {marker}").ShouldBeEmpty(command.Output);
        return command.ExitCode;
    }
}
