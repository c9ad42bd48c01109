using ComposePipCache.Bed;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.BadInput;

/// <summary>Compose files and calls that cannot be built.</summary>
public class BadProjectTests
{
    private const string Plain = "services: {web: {build: .}}\n";

    /// <summary>What compose finds out before it would build, by compose file and call.</summary>
    public static TheoryData<string, string> ComposesOwn => new()
    {
        { "services:\n  web: [\n", "build" },
        { "services: {web: {bild: .}}", "build" },
        { "", "build" },
        { "services: {web: {build: {context: ., secrets: [nosuch]}}}", "build" },
        { "services: {web: {build: {context: ., additional_contexts: {base: 'service:nosuch'}}}}", "up --build -d" },
        { Plain, "build nosuch" },
        { Plain, "up --build -d nosuch" },
        { Plain, "build --nosuch" },
        { Plain, "--nosuch build" },
        { Plain, "nosuch" },
        { Plain, "-f nosuch.yaml build" },
        { Plain, "up --build --no-build" },
        { Plain, "--profile nosuch run nosuch" },
    };

    /// <summary>The field that compose hands over, and how the compose file asks for it.</summary>
    public static TheoryData<string, string> Unsupported => new()
    {
        { "`ssh`", "ssh: [default]" },
        { "`cache-to`", "cache_to: ['type=local,dest=cache']" },
        { "`cache-from`", "cache_from: ['type=gha']" },
        { "`platforms`", "platforms: [linux/amd64, linux/arm64]" },
        { "`attest`", "provenance: true" },
        { "`attest`", "sbom: true" },
        { "`contexts`", "additional_contexts: {base: 'oci-layout:///nosuch'}" },
        { "`args.BUILDKIT_INLINE_CACHE`", "args: {BUILDKIT_INLINE_CACHE: 1}" },
    };

    [Theory]
    [MemberData(nameof(ComposesOwn))]
    public async Task What_compose_refuses_itself_it_refuses_here_as_well(string compose, string words)
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var project = ComposeProject.FromFiles(engine, ("compose.yaml", compose), ("Dockerfile", "FROM busybox\n"));
        var trial = new Trial(engine, project.Folder);
        var composes = await trial.ComposeAsync(words.Split(' '));

        var build = await trial.PipCacheAsync(words.Split(' '));

        composes.ExitCode.ShouldNotBe(0);
        build.ShouldBeComposes(composes);
    }

    [Fact]
    public async Task Without_a_compose_file_there_is_nothing_to_do()
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        using var folder = new TemporaryFolder();
        var trial = new Trial(engine, folder.Path);

        (await trial.PipCacheAsync("up", "--build")).ShouldBeComposes(await trial.ComposeAsync("up", "--build"));
    }

    [Theory]
    [MemberData(nameof(Unsupported))]
    public async Task A_field_that_is_not_supported_is_named(string field, string yaml)
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var project = ComposeProject.FromFiles(
            engine,
            ("compose.yaml", $"services:\n  web:\n    build:\n      context: .\n      {yaml}\n"),
            ("Dockerfile", "FROM busybox\n"));

        var build = await new Trial(engine, project.Folder).PipCacheAsync("build");

        build.ShouldExplain($"target web: {field} is not supported yet (", "drop it in silence", "--no-pipcache");
    }

    [Theory]
    [InlineData("build --push", "`push`")]
    [InlineData("build --ssh default", "`ssh`")]
    [InlineData("build --sbom true", "`sbom`")]
    [InlineData("build --provenance mode=max", "`provenance`")]
    public async Task A_flag_that_is_not_supported_is_named(string words, string field)
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var project = ComposeProject.FromFiles(
            engine,
            ("compose.yaml", "services: {web: {image: 'example.test/web', build: .}}"),
            ("Dockerfile", "FROM busybox\n"));

        var build = await new Trial(engine, project.Folder).PipCacheAsync(words.Split(' '));

        build.ShouldExplain($"target web: {field} is not supported yet (", "drop it in silence", "--no-pipcache");
    }

    [Theory]
    [InlineData("build: .", "failed to read dockerfile: ", "/Dockerfile does not exist", "`build.dockerfile`")]
    [InlineData("build: {context: ., dockerfile: no/such}", "failed to read dockerfile: ", "/no/such does not exist", "`build.dockerfile`")]
    [InlineData("build: ./nosuch", "unable to prepare context: ", "/nosuch not found", "`build.context`")]
    [InlineData("build: {context: sub, additional_contexts: {base: ./nosuch}}", "unable to prepare context: ", "/nosuch not found", "`build.context`")]
    [InlineData("build: {context: sub, network: nosuch}", "`network` cannot be nosuch", "host, none or default", "docker compose build --print")]
    public async Task What_is_not_there_is_named(string service, string what, string part, string hint)
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var project = ComposeProject.FromFiles(
            engine, ("compose.yaml", $"services:\n  web:\n    {service}\n"), ("sub/Dockerfile", "FROM busybox\n"));
        var trial = new Trial(engine, project.Folder);

        var build = await trial.PipCacheAsync("build");

        build.ShouldExplain($"target web: {what}", "", hint);
        build.Error.ShouldContain(part);
        (await trial.ComposeAsync("build")).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_secret_whose_file_is_missing_is_named()
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var project = ComposeProject.FromFiles(
            engine,
            ("compose.yaml", "services: {web: {build: {context: ., secrets: [token]}}}\nsecrets: {token: {file: ./nosuch}}\n"),
            ("Dockerfile", "FROM busybox\nRUN --mount=type=secret,id=token cat /run/secrets/token\n"));
        var trial = new Trial(engine, project.Folder);

        var build = await trial.PipCacheAsync("build");

        build.ShouldExplain(
            "target web: secret token has no value", $"{project.Folder}/nosuch does not exist", "`build.secrets`");
        (await trial.ComposeAsync("build")).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_secret_whose_variable_is_not_set_is_empty_as_with_compose()
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var project = ComposeProject.FromFiles(
            engine,
            ("compose.yaml", "services: {web: {build: {context: ., secrets: [token]}}}\nsecrets: {token: {environment: NOSUCH}}\n"),
            ("Dockerfile", $"FROM busybox\nRUN --mount=type=secret,id=token,required=true echo {Guid.NewGuid()}; wc -c < /run/secrets/token\n"));
        var trial = new Trial(engine, project.Folder);

        var ours = await trial.PipCacheAsync("build", "--progress", "plain", "--no-cache");
        var composes = await trial.ComposeAsync("build", "--no-cache");

        composes.ExitCode.ShouldBe(0, composes.ToString());
        ours.ExitCode.ShouldBe(0, ours.ToString());
        composes.Output.ShouldMatch(@"#\d+ [0-9.]+ 0\n");
        ours.Output.ShouldMatch(@"#\d+ [0-9.]+ 0\n");
    }

    [Theory]
    [InlineData("build")]
    [InlineData("up --build -d")]
    public async Task A_compose_file_from_standard_input_reaches_compose(string words)
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var project = ComposeProject.FromFiles(engine, ("Dockerfile", "FROM busybox\n"));
        var trial = new Trial(engine, project.Folder);
        string[] line = ["-p", project.Name, "-f", "-", .. words.Split(' ')];

        var empty = await trial.PipCacheAsync(line);
        var broken = await (trial with { Input = "services: [" }).PipCacheAsync(line);
        var built = await (trial with { Input = Plain }).PipCacheAsync(line);

        empty.ShouldBeComposes(await trial.ComposeAsync(line));
        broken.ShouldBeComposes(await (trial with { Input = "services: [" }).ComposeAsync(line));
        built.ExitCode.ShouldBe(0, built.ToString());
        await (trial with { Input = Plain }).ComposeAsync("-p", project.Name, "-f", "-", "down", "--rmi", "local", "-t", "0");
    }
}
