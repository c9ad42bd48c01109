using System.Security.Cryptography;
using System.Text;
using ComposePipCache.Bed;
using ComposePipCache.Build.Doorbell.Containers;
using ComposePipCache.BuildKit.Gateway;
using ComposePipCache.BuildKit.Session;
using ComposePipCache.EngineTests.Client;
using ComposePipCache.Protocol.Gateways;
using ComposePipCache.Protocol.Llb;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.Doorbell;

/// <summary>The container at the doorbell on real engines.</summary>
public class StepContainerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task An_image_with_Python_tells_interpreter_and_files_in_one_round_trip(string engineName)
    {
        var facts = await InContainerAsync(engineName, "python:3.11", Step("mkdir -p /app; echo six > /app/r.txt"), async container =>
        {
            var inspection = await container.InspectAsync(
                new InspectionRequest { Program = "pip", Files = ["r.txt", "none"], Folder = CacheFolder.Of("s", "1000") }, Cancellation);
            inspection.Files.Select(file => file.State).ShouldBe([ParentFileState.Read, ParentFileState.Missing]);
            inspection.Owner.ShouldBe(new CacheOwner(1000, 0, IsKnown: true));
            inspection.Fingerprint.ShouldBeNull();
            return inspection.Interpreter.ShouldNotBeNull();
        });

        facts.Version.ShouldStartWith("3.11.");
        facts.PipVersion.ShouldNotBeNull().ShouldStartWith("23.0");
        facts.Libc.ShouldStartWith("glibc 2.");
        facts.Abi.ShouldStartWith("cpython-311-");
        // The bed's images come with a configuration.
        facts.ConfigFiles.ShouldContain(file => file.Text.Contains("index", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(BedImages))]
    public async Task Every_image_with_a_shell_takes_and_gives_files(string engineName, string image)
    {
        var files = Enumerable.Range(0, 4).Select(i => Random(i, i * 700_001)).ToList();
        await InContainerAsync(engineName, image, Step("true"), async container =>
        {
            var wheels = container.Wheels;
            var hasPython = await container.ReadInterpreterAsync("python3", Cancellation) is not null;
            hasPython.ShouldBe(image.StartsWith("python", StringComparison.Ordinal));
            (await wheels.AddAsync(files, Cancellation)).Files.ShouldBe(4);
            (await wheels.AddAsync(files, Cancellation)).Files.ShouldBe(0);
            (await wheels.ListAsync(Cancellation)).Count.ShouldBe(4);
            var view = new ViewName("public", "step");
            ViewEntry[] entries = [new("a-1.0-0-py3-none-any.whl", files[0].Sha256), new("b.whl", files[3].Sha256)];
            (await wheels.PublishAsync(new View(view, entries, "page"u8.ToArray(), "1"), Cancellation)).ShouldBeTrue();
            (await wheels.PublishAsync(new View(view, entries[..1], "page"u8.ToArray(), "2"), Cancellation)).ShouldBeTrue();
            (await wheels.PublishAsync(new View(view, entries[..1], "page"u8.ToArray(), "2"), Cancellation)).ShouldBeFalse();
            (await wheels.RemoveSpoiledAsync(view, entries[..1], Cancellation)).ShouldBeEmpty();

            var folder = CacheFolder.Of("public", "");
            await container.Cache.PrepareAsync(folder, "run", Cancellation);
            (await container.Cache.ListAsync(folder, ["pip", "logs"], Cancellation)).ShouldBe([new CacheFile("logs/run/pip.log", 0)]);
            var received = new List<string>();
            await container.Cache.CopyOutAsync(
                folder,
                ["logs/none", "logs/run/pip.log"],
                (path, _) =>
                {
                    received.Add(path);
                    return Task.CompletedTask;
                },
                Cancellation);
            received.ShouldBe(["logs/run/pip.log"]);
            return true;
        });
    }

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task An_image_without_a_shell_is_told_as_such(string engineName)
    {
        var failure = await Should.ThrowAsync<SeedException>(InContainerAsync(
            engineName, "busybox:latest", Step("rm -f /bin/sh"), container => container.ReadInterpreterAsync("pip", Cancellation)));

        failure.Failure.ShouldBe(SeedFailure.NoShell);
    }

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task What_the_doorbell_publishes_is_what_the_step_sees(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        var mounts = new Mounts();
        var folder = CacheFolder.Of("public", "1000");
        var view = new ViewName("public", "step");
        var file = Random(1, 100_000);
        var bell = new TaskCompletionSource<(GatewayClient, string)>(TaskCreationOptions.RunContinuationsAsynchronously);
        var session = new BuildSession
        {
            Secrets = new Bell(async (_, token) =>
            {
                var (gateway, parent) = await bell.Task;
                await using var container = await StepContainer.StartAsync(gateway, mounts.Request(parent), token);
                await container.InspectAsync(new InspectionRequest { Folder = folder, Log = "run" }, token);
                await container.Wheels.AddAsync([file], token);
                await container.Wheels.PublishAsync(
                    new View(view, [new ViewEntry("a.whl", file.Sha256)], "page"u8.ToArray(), "1"), token);
                return "rung";
            }),
        };
        await using var client = await ClientSession.OpenAsync(engine, session);
        var step = Llb.Shell(
            $"sha256sum /dev/pipcache/wheels/a.whl; cat /dev/pipcache/wheels/links.html; ls /dev/pipcache/wheels | wc -l;"
            + " echo $BELL; touch /dev/pipcache/wheels/x || echo refused; echo line >> /dev/pipcache/cache/logs/run/pip.log;"
            + " echo body > /dev/pipcache/cache/pip/f; id -u",
            Mounts.Of(mounts.Wheels, "/dev/pipcache/wheels", view.Selector, isReadOnly: true),
            Mounts.Of(mounts.Tools, "/dev/pipcache/cache", folder.Selector, isReadOnly: false));
        step.Meta.Args[2] = $"({step.Meta.Args[2]}) > /tmp/out 2>/dev/null";
        step.Meta.User = "1000";
        step.Secretenv.Add(new SecretEnv { ID = "pipcache-bell", Name = "BELL", Optional = true });

        await client.BuildAsync(async (gateway, token) =>
        {
            var parent = await gateway.SolveAsync(new SolveRequest { Definition = Llb.Image("python:3.11") }, token);
            bell.SetResult((gateway, parent.Ref.Id));
            var definition = Llb.Image("python:3.11", step);
            var result = await gateway.SolveAsync(new SolveRequest { Definition = definition, Evaluate = true }, token);

            var output = Encoding.UTF8.GetString((await gateway.ReadFileAsync(result.Ref.Id, "/tmp/out", null, token)).Span);
            output.ShouldBe($"{file.Sha256}  /dev/pipcache/wheels/a.whl\npage3\nrung\nrefused\n1000\n");
            await using var container = await StepContainer.StartAsync(gateway, mounts.Request(parent.Ref.Id), token);
            (await container.Cache.ListAsync(folder, ["pip", "logs"], token)).ShouldBe(
                [new CacheFile("pip/f", 5), new CacheFile("logs/run/pip.log", 5)], ignoreOrder: true);
            return result;
        });
    }

    public static TheoryData<string, string> BedImages()
    {
        var data = new TheoryData<string, string>();
        foreach (var engine in BedEngines.Names)
        {
            foreach (var image in new[] { "python:3.11", "python:3.11-alpine", "redis:7", "busybox:latest" })
            {
                data.Add(engine, image);
            }
        }

        return data;
    }

    private static ExecOp Step(string command) => Llb.Shell(command);

    private static async Task<T> InContainerAsync<T>(
        string engineName,
        string image,
        ExecOp parentStep,
        Func<StepContainer, Task<T>> work)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var client = await ClientSession.OpenAsync(engine);
        var mounts = new Mounts();
        var answer = default(T)!;
        await client.BuildAsync(async (gateway, token) =>
        {
            var parent = await gateway.SolveAsync(new SolveRequest { Definition = Llb.Image(image, parentStep) }, token);
            await using var container = await StepContainer.StartAsync(gateway, mounts.Request(parent.Ref.Id), token);
            answer = await work(container);
            return parent;
        });
        return answer;
    }

    private static SeedFile Random(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return new SeedFile(Convert.ToHexStringLower(SHA256.HashData(bytes)), length, () => new MemoryStream(bytes));
    }
}
