using ComposePipCache.Bed;
using ComposePipCache.EngineTests.Interrupts;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.BadInput;

/// <summary>Engines that are not there, not to be entered, no engines, or gone in the middle of a build.</summary>
public sealed class BadEngineTests : IAsyncLifetime
{
    private readonly string _marker = MarkedProcesses.NewMarker();
    private Engine _engine = null!;
    private ComposeProject _project = null!;
    private Trial _trial = null!;

    public async ValueTask InitializeAsync()
    {
        // The last one: the fewest other tests depend on what it has in its memory.
        _engine = await Engine.OpenAsync(BedEngines.Names[^1]);
        _project = ComposeProject.FromFiles(
            _engine,
            ("compose.yaml", "services: {web: {build: .}}\n"),
            ("Dockerfile", $"FROM busybox\nRUN sleep {_marker}\n"));
        _trial = new Trial(_engine, _project.Folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _project.DisposeAsync();
        _engine.Dispose();
    }

    [Fact]
    public async Task No_socket()
    {
        (await BuildAsync("unix:///nosuch/docker.sock")).ShouldExplain(
            "cannot connect to the Docker daemon at unix:///nosuch/docker.sock",
            "there is no such socket",
            "is the docker daemon running? if so, check DOCKER_HOST and `docker context ls`");
    }

    [Fact]
    public async Task Nobody_behind_the_socket()
    {
        await using var server = StrangeServer.Deaf();

        (await BuildAsync($"unix://{server.Path}")).ShouldExplain(
            $"cannot connect to the Docker daemon at unix://{server.Path}",
            "connection refused: the socket is there but nobody listens on it",
            "is the docker daemon running?");
    }

    [Fact]
    public async Task No_right_to_the_socket()
    {
        await using var server = StrangeServer.Silent();
        File.SetUnixFileMode(server.Path, UnixFileMode.None);
        _trial = _trial.AsOrdinaryUser();

        (await BuildAsync($"unix://{server.Path}")).ShouldExplain(
            $"cannot connect to the Docker daemon at unix://{server.Path}", "permission denied", "usually `docker`");
    }

    [Fact]
    public async Task Nobody_at_the_port()
    {
        (await BuildAsync("tcp://127.0.0.1:1")).ShouldExplain(
            "cannot connect to the Docker daemon at tcp://127.0.0.1:1",
            "connection refused: nobody listens on that port",
            "is the docker daemon running?");
    }

    [Fact]
    public async Task Something_else_behind_the_socket()
    {
        await using var server = StrangeServer.Saying("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");

        (await BuildAsync($"unix://{server.Path}")).ShouldExplain(
            "the engine does not offer BuildKit", "404 Not Found", "`docker version`");
    }

    [Fact]
    public async Task Up_says_as_much_as_compose_does()
    {
        var trial = _trial.With("DOCKER_HOST", "unix:///nosuch/docker.sock");

        (await trial.PipCacheAsync("up", "--build")).ShouldBeComposes(await trial.ComposeAsync("up", "--build"));
    }

    [Theory]
    [InlineData("build", "kill")]
    [InlineData("up --build", "kill")]
    [InlineData("build", "stop")]
    public async Task An_engine_that_goes_during_a_build_is_told_of_and_the_next_build_works(string words, string how)
    {
        var build = _trial.PipCacheAsync(words.Split(' '));
        await Eventually.HoldsAsync(
            () => MarkedProcesses.Running($"sleep {_marker}").Count > 0 || build.IsCompleted,
            () => "the step did not run");

        Answer answer;
        try
        {
            await BedScript.RunAsync("engine", how, _engine.Name);
            answer = await build;
        }
        finally
        {
            await BedScript.RunAsync("engine", "start", _engine.Name);
        }

        answer.ShouldExplain(
            "the engine stopped answering during the build",
            "the engine closed the connection",
            "build again: finished steps are kept");
        _project.Write("Dockerfile", "FROM busybox\nRUN true\n");
        (await _trial.PipCacheAsync("build")).ExitCode.ShouldBe(0);
    }

    private async Task<Answer> BuildAsync(string host)
    {
        var trial = _trial.With("DOCKER_HOST", host);
        (await trial.ComposeAsync("build")).ExitCode.ShouldBe(1);
        return await trial.PipCacheAsync("build");
    }
}
