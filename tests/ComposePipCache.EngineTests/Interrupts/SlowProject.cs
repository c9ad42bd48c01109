using ComposePipCache.Bed;
using ComposePipCache.EngineTests.BadInput;
using Shouldly;

namespace ComposePipCache.EngineTests.Interrupts;

/// <summary>A project whose build comes to a given moment and stays there for long enough to be interrupted.</summary>
internal sealed class SlowProject : IAsyncDisposable
{
    private const string BigFile = "big.bin";
    private const long BigLength = 4L << 30;

    private readonly string _marker = MarkedProcesses.NewMarker();
    private readonly ComposeProject _project;

    private SlowProject(Engine engine, ComposeProject project)
    {
        (Engine, _project) = (engine, project);
    }

    public Engine Engine { get; }

    public string Folder => _project.Folder;

    /// <summary>Two services: what is interrupted are two builds at once.</summary>
    public static async Task<SlowProject> CreateAsync(Moment moment)
    {
        // The last one: on some machines it is the one that is there for trouble.
        var engine = await Engine.OpenAsync(BedEngines.Names[^1]);
        var project = new SlowProject(engine, ComposeProject.FromFiles(
            engine, ("compose.yaml", "services: {web: {build: {context: .}}, api: {build: {context: .}}}\n")));
        project.Write(project.DockerfileFor(moment));
        if (moment is Moment.Context)
        {
            // Takes no room on the disk here, and is sent all the same.
            using var file = File.Create(Path.Combine(project.Folder, BigFile));
            file.SetLength(BigLength);
        }

        return project;
    }

    /// <summary>Waits until the command has come so far, or has ended.</summary>
    public Task ReachAsync(LiveCommand command, Moment moment) => Eventually.HoldsAsync(
        () => HasReached(command, moment) || command.Ended.IsCompleted,
        () => $"the build did not come to {moment}\n{command.Output}");

    /// <summary>Waits until the command has written so many lines, or writes no more.</summary>
    public Task ReachAsync(LiveCommand command, int lines) => Eventually.HoldsAsync(
        () => command.Lines >= lines || HasReached(command, Moment.Step) || command.Ended.IsCompleted,
        () => $"the build did not come to line {lines}\n{command.Output}");

    /// <summary>No process of the command, no step in the engine, no container; and the next build works.</summary>
    public async Task ShouldBeClearedAsync(LiveCommand command)
    {
        new Answer(command.ExitCode, command.Output, "").ShouldNotLookLikeABug();
        await Eventually.HoldsAsync(
            () => command.All().Count == 0,
            () => $"left behind: {command.Left}\n{command.Output}");
        await Eventually.HoldsAsync(
            () => MarkedProcesses.Running($"sleep {_marker}").Count == 0,
            () => $"the engine still runs `sleep {_marker}`\n{command.Output}");
        (await Engine.SucceedAsync("/", "ps", "-aq", "--filter", $"label=com.docker.compose.project={_project.Name}"))
            .ShouldBeEmpty(command.Output);
        File.Delete(Path.Combine(Folder, BigFile));
        Write("FROM busybox\nCOPY . /context\n");
        var next = await _project.PipCacheAsync("build");
        next.ExitCode.ShouldBe(0, next.StandardOutput + next.StandardError);
    }

    public async ValueTask DisposeAsync()
    {
        await _project.DisposeAsync();
        Engine.Dispose();
    }

    private void Write(string dockerfile) => _project.Write("Dockerfile", dockerfile);

    private string DockerfileFor(Moment moment) => moment switch
    {
        Moment.Context => $"FROM busybox\nCOPY . /context\nRUN sleep {_marker}\n",
        Moment.Export => $"FROM busybox\nRUN echo {_marker} && dd if=/dev/urandom of=/big bs=1M count=256\n",
        _ => $"FROM busybox\nRUN echo {_marker} one\nRUN echo {_marker} two\nCOPY . /context\nRUN sleep {_marker}\n",
    };

    private bool HasReached(LiveCommand command, Moment moment) => moment switch
    {
        Moment.Start => MarkedProcesses.WordsOf(command.Find(Role.Docker)!.Value).FirstOrDefault() == Engine.Docker,
        Moment.Plugin => command.Find(Role.Plugin) is not null,
        Moment.Compose => command.Find(Role.Compose) is not null,
        Moment.BuilderStart => command.Find(Role.Builder) is not null,
        Moment.Builder => command.Find(Role.Builder) is { } builder && MarkedProcesses.Listens(builder),
        Moment.Context => command.Find(Role.Builder) is { } builder
            && LiveCommand.FilesOf(builder).Any(file => file.EndsWith(BigFile, StringComparison.Ordinal)),
        Moment.Step => MarkedProcesses.Running($"sleep {_marker}").Count > 0,
        _ => command.Output.Contains("exporting layers", StringComparison.Ordinal),
    };
}
