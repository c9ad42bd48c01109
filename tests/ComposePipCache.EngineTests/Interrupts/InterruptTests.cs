using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.Interrupts;

/// <summary>A build that is told to end, or is killed, leaves no process, no step and no container.</summary>
public class InterruptTests
{
    private const int Interrupted = 130;

    /// <summary>Where there is somebody to answer, the answer is that of compose.</summary>
    public static TheoryData<Moment, string, Role> Requests
    {
        get
        {
            var cases = new TheoryData<Moment, string, Role>();
            Moment[] moments = [Moment.Compose, Moment.Builder, Moment.Context, Moment.Step, Moment.Export];
            foreach (var moment in moments)
            {
                cases.Add(moment, "INT", Role.Group);
                cases.Add(moment, "TERM", Role.Docker);
            }

            foreach (var moment in (Moment[])[Moment.Builder, Moment.Step])
            {
                cases.Add(moment, "INT", Role.Docker);
                cases.Add(moment, "INT", Role.Plugin);
                cases.Add(moment, "TERM", Role.Plugin);
                cases.Add(moment, "TERM", Role.Group);
            }

            return cases;
        }
    }

    public static TheoryData<Moment, Role> Kills
    {
        get
        {
            var cases = new TheoryData<Moment, Role>
            {
                { Moment.Start, Role.Docker },
                { Moment.Plugin, Role.Docker },
                { Moment.Plugin, Role.Plugin },
                { Moment.Compose, Role.Docker },
                { Moment.Compose, Role.Plugin },
                { Moment.Compose, Role.Compose },
                { Moment.Export, Role.Docker },
                { Moment.Export, Role.Builder },
            };
            foreach (var moment in (Moment[])[Moment.Builder, Moment.Context, Moment.Step])
            {
                foreach (var role in (Role[])[Role.Docker, Role.Plugin, Role.Compose, Role.Builder, Role.Group])
                {
                    cases.Add(moment, role);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_request_to_end_ends_the_build_with_130(Moment moment, string signal, Role role)
    {
        await using var project = await SlowProject.CreateAsync(moment);
        using var command = LiveCommand.Start(project.Engine, project.Folder, "pipcache", "up", "--build");
        await project.ReachAsync(command, moment);

        command.Send(role, signal == "INT" ? Signals.Interrupt : Signals.Terminate);

        await command.EndAsync();
        command.ExitCode.ShouldBe(Interrupted, command.Output);
        await project.ShouldBeClearedAsync(command);
    }

    [Theory]
    [InlineData(Moment.Start, Role.Docker)]
    [InlineData(Moment.Start, Role.Group)]
    [InlineData(Moment.Plugin, Role.Docker)]
    [InlineData(Moment.Plugin, Role.Plugin)]
    [InlineData(Moment.Plugin, Role.Group)]
    [InlineData(Moment.Compose, Role.Plugin)]
    [InlineData(Moment.BuilderStart, Role.Docker)]
    [InlineData(Moment.BuilderStart, Role.Group)]
    public async Task A_request_before_anybody_listens_is_not_lost(Moment moment, Role role)
    {
        await using var project = await SlowProject.CreateAsync(moment);
        using var command = LiveCommand.Start(project.Engine, project.Folder, "pipcache", "up", "--build");
        await project.ReachAsync(command, moment);

        command.Send(role, Signals.Terminate);

        await command.EndAsync();
        command.ExitCode.ShouldNotBe(0, command.Output);
        await project.ShouldBeClearedAsync(command);
    }

    [Theory]
    [MemberData(nameof(Kills))]
    public async Task A_kill_of_any_process_ends_the_build(Moment moment, Role role)
    {
        await using var project = await SlowProject.CreateAsync(moment);
        using var command = LiveCommand.Start(project.Engine, project.Folder, "pipcache", "up", "--build");
        await project.ReachAsync(command, moment);

        command.Send(role, Signals.Kill);

        await command.EndAsync();
        command.ExitCode.ShouldNotBe(0, command.Output);
        await project.ShouldBeClearedAsync(command);
    }

    [Theory]
    [InlineData(Signals.Interrupt)]
    [InlineData(Signals.Terminate)]
    public async Task A_request_to_the_builder_alone_is_told_by_compose(int signal)
    {
        await using var project = await SlowProject.CreateAsync(Moment.Step);
        using var command = LiveCommand.Start(project.Engine, project.Folder, "pipcache", "up", "--build");
        await project.ReachAsync(command, Moment.Step);

        command.Send(Role.Builder, signal);

        await command.EndAsync();
        command.ExitCode.ShouldBe(1, command.Output);
        command.Output.ShouldContain("\nthe build was interrupted\n");
        await project.ShouldBeClearedAsync(command);
    }

    [Theory]
    [InlineData(Moment.Builder)]
    [InlineData(Moment.Step)]
    public async Task A_key_of_the_terminal_ends_the_build_with_130(Moment moment)
    {
        await using var project = await SlowProject.CreateAsync(moment);
        using var command = LiveCommand.StartInTerminal(project.Engine, project.Folder, "pipcache", "up", "--build");
        await project.ReachAsync(command, moment);

        await command.TypeAsync("\x03");

        await command.EndAsync();
        command.ExitCode.ShouldBe(Interrupted, command.Output);
        await project.ShouldBeClearedAsync(command);
    }
}
