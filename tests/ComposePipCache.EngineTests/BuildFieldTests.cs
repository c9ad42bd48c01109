using CliWrap.Buffered;
using ComposePipCache.Bed;
using ComposePipCache.EngineTests.Images;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests;

/// <summary>Each field of a build section does what it does with compose.</summary>
public class BuildFieldTests
{
    private const string Fields =
        """
        services:
          web:
            image: pipcache-fields
            build:
              context: .
              dockerfile: sub/Web.Dockerfile
              target: wanted
              args:
                A: one
                B: "$$HOME ${UNSET:-by default} $${C}"
              labels: {label: "a value"}
              tags: ["pipcache-fields:extra"]
              network: host
              extra_hosts: ["printer=192.0.2.7", "gateway=host-gateway"]
              shm_size: 128m
              ulimits: {nofile: {soft: 100, hard: 200}, nproc: 500}
              secrets: [from-variable, from-file]
              additional_contexts: {more: ./more, image: "docker-image://busybox:latest"}
        secrets:
          from-variable: {environment: TEST_SECRET}
          from-file: {file: ./secret.txt}
        """;

    private const string Dockerfile =
        """
        FROM busybox AS wanted
        ARG A
        ARG B
        RUN echo "$A" "$B" > /args
        RUN grep -v -e localhost -e ip6 -e buildkit /etc/hosts | sort > /hosts
        RUN df -k /dev/shm | tail -1 > /shm; ulimit -n > /nofile; ulimit -H -n >> /nofile
        RUN ls /sys/class/net | wc -l > /interfaces
        RUN --mount=type=secret,id=from-variable --mount=type=secret,id=from-file \
            cat /run/secrets/from-variable /run/secrets/from-file | sha256sum > /secrets
        COPY --from=more . /more/
        COPY --from=image /bin/busybox /copied
        FROM busybox
        RUN false
        """;

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task All_fields_together_give_the_image_that_compose_makes(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var project = ComposeProject.FromFiles(
            engine,
            ("compose.yaml", Fields),
            ("sub/Web.Dockerfile", Dockerfile),
            ("secret.txt", "in a file"),
            ("more/file", "more"));
        (await BuildAsync(engine, project, "compose")).ExitCode.ShouldBe(0);
        var wanted = await ImageSnapshot.TakeAsync(engine, "pipcache-fields");
        await engine.SucceedAsync("/", "rmi", "pipcache-fields", "pipcache-fields:extra");

        var build = await BuildAsync(engine, project, "pipcache");

        build.ExitCode.ShouldBe(0, build.StandardError);
        var built = await ImageSnapshot.TakeAsync(engine, "pipcache-fields:extra");
        built.DifferencesTo(wanted).ShouldBeEmpty();
        await engine.SucceedAsync("/", "rmi", "pipcache-fields", "pipcache-fields:extra");
    }

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task No_cache_runs_every_step_again(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var project = ComposeProject.FromFiles(
            engine,
            ("compose.yaml", "services: {web: {build: .}}"),
            ("Dockerfile", "FROM busybox\nRUN head -c 16 /dev/urandom | sha256sum > /random\n"));

        var first = await BuiltFilesAsync(engine, project, "build");
        var cached = await BuiltFilesAsync(engine, project, "build");
        var again = await BuiltFilesAsync(engine, project, "build", "--no-cache");

        cached.ShouldBe(first);
        again.ShouldNotBe(first);
    }

    private static async Task<IReadOnlyList<string>> BuiltFilesAsync(
        Engine engine,
        ComposeProject project,
        params string[] arguments)
    {
        var build = await project.PipCacheAsync(arguments);
        build.ExitCode.ShouldBe(0, build.StandardError);
        return (await ImageSnapshot.TakeAsync(engine, (await project.ImagesAsync())["web"])).Files;
    }

    // The build cache is emptied, so that the second of the two has to run each step.
    private static async Task<BufferedCommandResult> BuildAsync(Engine engine, ComposeProject project, string verb)
    {
        await engine.PruneAsync();
        var variables = new Dictionary<string, string?>(engine.Environment()) { ["TEST_SECRET"] = "in a variable" };
        return await engine.Command(project.Folder, verb, "build").WithEnvironmentVariables(variables).ExecuteBufferedAsync();
    }
}
