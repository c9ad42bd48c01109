using ComposePipCache.Bed;
using Xunit;

namespace ComposePipCache.EngineTests.BadInput;

/// <summary>What the engine refuses is told as compose tells it, Dockerfile lines and all.</summary>
public class BadBuildTests
{
    private const string Compose = "services: {web: {build: .}}\n";
    private const string Failing = "FROM busybox\nRUN echo fine\nRUN echo to stderr >&2; exit 7\nRUN true\n";

    /// <summary>Name, compose file, Dockerfile, and what the message must have.</summary>
    public static TheoryData<string, string, string, string> Refused => new()
    {
        { "parse error", Compose, "FROM busybox\nNOSUCHTHING true\n", "unknown instruction: NOSUCHTHING" },
        { "empty Dockerfile", Compose, "", "the Dockerfile cannot be empty" },
        { "no FROM", Compose, "RUN true\n", "no build stage in current context" },
        { "no such stage", "services: {web: {build: {context: ., target: nosuch}}}", "FROM busybox\n", "\"nosuch\" could not be found" },
        { "no such base image", Compose, "FROM nosuch.invalid/image:1\n", ">>> FROM nosuch.invalid/image:1" },
        { "no such file", Compose, "FROM busybox\nCOPY nosuch /\n", "\"/nosuch\": not found" },
        { "no login", Compose, "FROM 127.0.0.1:5001/nosuch/image:1\n", "401 Unauthorized" },
        { "privileged", "services: {web: {build: {context: ., privileged: true}}}", "FROM busybox\n", "security.insecure is not allowed" },
        { "two services", "services: {web: {build: .}, api: {build: {context: ., target: nosuch}}}", "FROM busybox\n", "target api: failed to solve: " },
    };

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task A_failing_step_is_told_as_compose_tells_it(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var project = ComposeProject.FromFiles(engine, ("compose.yaml", Compose), ("Dockerfile", Failing));
        var trial = new Trial(engine, project.Folder);
        var composes = await trial.ComposeAsync("build");

        var build = await trial.PipCacheAsync("build");
        var up = await trial.PipCacheAsync("up", "--build", "-d");

        build.ShouldRefuse("did not complete successfully: exit code: 7", "   3 | >>> RUN echo to stderr >&2; exit 7");
        build.ShouldBeComposes(composes);
        up.ShouldBeComposes(composes);
    }

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task A_required_secret_that_is_not_given_is_told_as_compose_tells_it(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var project = ComposeProject.FromFiles(
            engine,
            ("compose.yaml", Compose),
            ("Dockerfile", "FROM busybox\nRUN --mount=type=secret,id=absent,required=true cat /run/secrets/absent\n"));
        var trial = new Trial(engine, project.Folder);
        var composes = await trial.ComposeAsync("build");

        var build = await trial.PipCacheAsync("build");

        build.ShouldRefuse("secret absent: not found");
        build.ShouldBeComposes(composes);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_the_engine_refuses_is_told_as_compose_tells_it(
        string name, string compose, string dockerfile, string part)
    {
        _ = name;
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var project = ComposeProject.FromFiles(engine, ("compose.yaml", compose), ("Dockerfile", dockerfile));
        var trial = new Trial(engine, project.Folder);
        var composes = await trial.ComposeAsync("build");

        var build = await trial.PipCacheAsync("build");

        build.ShouldRefuse(part);
        build.ShouldBeComposes(composes);
    }

    [Fact]
    public async Task A_quiet_build_still_tells_why_it_failed()
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var project = ComposeProject.FromFiles(engine, ("compose.yaml", Compose), ("Dockerfile", Failing));
        var trial = new Trial(engine, project.Folder);
        var composes = await trial.ComposeAsync("build", "--quiet");

        var build = await trial.PipCacheAsync("build", "--quiet");

        build.ShouldRefuse("exit code: 7");
        build.ShouldBeComposes(composes);
    }
}
