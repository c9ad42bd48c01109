using ComposePipCache.Bed;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.Interrupts;

/// <summary>Once the containers run, an interrupt is about them, and compose's to answer.</summary>
public class RunningContainerTests
{
    private const string Patient = "trap 'kill $$!; sleep 1; exit 7' TERM INT; sleep $$0 & echo ready; wait $$!";

    private static readonly string[] Up = ["up", "--build"];
    private static readonly string[] Run = ["run", "--build", "--rm", "-T", "web"];

    /// <summary>What compose gets, and what we get.</summary>
    public static TheoryData<string[], int, Role, Role> Interrupts
    {
        get
        {
            var cases = new TheoryData<string[], int, Role, Role>();
            foreach (var words in (string[][])[Up, Run])
            {
                foreach (var signal in (int[])[Signals.Interrupt, Signals.Terminate])
                {
                    cases.Add(words, signal, Role.Docker, Role.Docker);
                    cases.Add(words, signal, Role.Group, Role.Group);
                    cases.Add(words, signal, Role.Docker, Role.Plugin);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Interrupts))]
    public async Task An_interrupt_is_answered_as_with_compose(string[] words, int signal, Role composes, Role ours)
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[^1]);
        var wanted = await InterruptAsync(engine, ["compose", .. words], signal, composes);

        var answer = await InterruptAsync(engine, ["pipcache", .. words], signal, ours);

        answer.ShouldBe(wanted);
    }

    // What the command says, and what became of its containers: one that is killed has no time for an answer.
    private static async Task<string> InterruptAsync(Engine engine, string[] words, int signal, Role role)
    {
        var marker = MarkedProcesses.NewMarker();
        await using var project = ComposeProject.FromFiles(
            engine,
            ("compose.yaml", $"services: {{web: {{build: ., command: [sh, -c, \"{Patient}\", \"{marker}\"]}}}}\n"),
            ("Dockerfile", "FROM busybox\n"));
        using var command = LiveCommand.Start(engine, project.Folder, words);
        await Eventually.HoldsAsync(
            () => MarkedProcesses.Running($"sleep {marker}").Count > 0
                && command.Output.Contains("ready", StringComparison.Ordinal),
            () => $"the container did not start\n{command.Output}");

        command.Send(role, signal);

        await command.EndAsync();
        await Eventually.HoldsAsync(() => command.All().Count == 0, () => $"left behind: {command.Left}");
        // Where a whole group gets it, docker's socket closes as well, and compose takes the two as it comes.
        var format = role == Role.Group ? "{{.State.Status}}" : "{{.State.Status}} {{.State.ExitCode}}";
        return $"{command.ExitCode} {string.Join(',', await StatesAsync(engine, project.Name, format))}";
    }

    private static async Task<IReadOnlyList<string>> StatesAsync(Engine engine, string project, string format)
    {
        var containers = await engine.SucceedAsync(
            "/", "ps", "-aq", "--filter", $"label=com.docker.compose.project={project}");
        var states = new List<string>();
        foreach (var id in containers.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            states.Add(await engine.SucceedAsync("/", "inspect", "-f", format, id));
            await engine.SucceedAsync("/", "rm", "-f", id); // compose leaves some running, and `down` does as well
        }

        return states;
    }
}
