using ComposePipCache.Bed;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.Interrupts;

/// <summary>Interrupts at moments that nobody chose.</summary>
public class RandomInterruptTests
{
    private const int LinesBeforeTheStep = 30;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Scale.Of(5, 50))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task An_end_at_any_line_of_progress_leaves_nothing(int seed)
    {
        var random = new Random(seed);
        var line = random.Next(1, LinesBeforeTheStep);
        var signal = Pick(random, Signals.Interrupt, Signals.Terminate, Signals.Kill);
        var role = Pick(random, Role.Docker, Role.Plugin, Role.Compose, Role.Builder, Role.Group);
        await using var project = await SlowProject.CreateAsync(Moment.Step);
        using var command = LiveCommand.Start(project.Engine, project.Folder, "pipcache", "up", "--build");
        await project.ReachAsync(command, line);

        command.Send(role, signal);

        await command.EndAsync();
        command.ExitCode.ShouldNotBe(0, $"signal {signal} to {role} at line {line}\n{command.Output}");
        await project.ShouldBeClearedAsync(command);
    }

    private static T Pick<T>(Random random, params T[] choices) => choices[random.Next(choices.Length)];
}
