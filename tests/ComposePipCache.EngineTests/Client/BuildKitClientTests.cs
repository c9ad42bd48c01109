using System.Text;
using ComposePipCache.BuildKit.Control;
using ComposePipCache.BuildKit.Errors;
using ComposePipCache.BuildKit.Gateway;
using ComposePipCache.BuildKit.Llb;
using ComposePipCache.BuildKit.Progress;
using ComposePipCache.Bed;
using ComposePipCache.Protocol.Controls;
using ComposePipCache.Protocol.Gateways;
using ComposePipCache.Protocol.Llb;
using Shouldly;
using Xunit;
using SolveRequest = ComposePipCache.Protocol.Gateways.SolveRequest;

namespace ComposePipCache.EngineTests.Client;

/// <summary>The client library against a real BuildKit.</summary>
public class BuildKitClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task The_engine_tells_its_version_and_its_worker(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var client = await ClientSession.OpenAsync(engine);
        var control = new BuildKitControl(client.Connection);

        (await control.GetVersionAsync(Cancellation)).Version.ShouldNotBeEmpty();
        var worker = (await control.ListWorkersAsync(Cancellation)).ShouldHaveSingleItem();
        worker.Platforms.ShouldContain(platform => platform.Architecture == "amd64");
        // The label tells the containerd image store from the older one.
        worker.Labels.ContainsKey("org.mobyproject.buildkit.worker.snapshotter").ShouldBe(engineName == "28c");
    }

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task A_definition_is_solved_and_its_files_are_read(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var client = await ClientSession.OpenAsync(engine);
        var text = Guid.NewGuid().ToString();

        await client.BuildAsync(async (gateway, token) =>
        {
            (await gateway.PingAsync(token)).LLBCaps.ShouldContain(cap => cap.ID == "exec.meta.base");
            var definition = Llb.Image("busybox:latest", Llb.Shell($"mkdir /d; printf {text} > /d/f; ln -s f /d/l"));
            var result = await gateway.SolveAsync(new SolveRequest { Definition = definition }, token);
            var id = result.Ref.Id;

            await gateway.EvaluateAsync(id, token);
            Encoding.UTF8.GetString((await gateway.ReadFileAsync(id, "/d/f", null, token)).Span).ShouldBe(text);
            (await gateway.ReadFileAsync(id, "/d/f", new FileRange { Offset = 1, Length = 3 }, token)).Length.ShouldBe(3);
            (await gateway.ReadDirectoryAsync(id, "/d", "", token)).Count.ShouldBe(2);
            (await gateway.StatFileAsync(id, "/d/f", token)).Size.ShouldBe(text.Length);
            return result;
        });
    }

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task A_failing_step_is_an_error_with_its_vertex_and_exit_code(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var client = await ClientSession.OpenAsync(engine);
        var definition = Llb.Image("busybox:latest", Llb.Shell($"exit 7 # {Guid.NewGuid()}"));

        var failure = await Should.ThrowAsync<SolveException>(client.BuildAsync((gateway, token) =>
            gateway.SolveAsync(new SolveRequest { Definition = definition, Evaluate = true }, token)));

        failure.Message.ShouldContain("exit code: 7");
        failure.Details.ExitCode.ShouldBe(7);
        failure.Details.VertexDigest.ShouldBe(LlbGraph.Decode(definition).Head.ShouldNotBeNull().Digest);
        failure.Details.MountIds.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task A_container_runs_processes_with_streams_and_exit_codes(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var client = await ClientSession.OpenAsync(engine);
        // More than one message each way, and not valid UTF-8.
        var sent = new byte[3_000_000];
        new Random(1).NextBytes(sent);

        await client.BuildAsync(async (gateway, token) =>
        {
            var result = await gateway.SolveAsync(new SolveRequest { Definition = Llb.Image("busybox:latest") }, token);
            var mount = new Mount { Dest = "/", ResultID = result.Ref.Id };
            var request = new NewContainerRequest { ContainerID = "c1", Mounts = { mount } };
            await using var container = await gateway.CreateContainerAsync(request, token);
            using var output = new MemoryStream();
            using var errors = new MemoryStream();

            var code = await container.ExecAsync(
                new ProcessRequest
                {
                    Meta = new Meta { Args = { "/bin/sh", "-c", "cat; echo done >&2; exit 3" }, Cwd = "/", Env = { "PATH=/bin" } },
                    StandardInput = new MemoryStream(sent),
                    StandardOutput = output,
                    StandardError = errors,
                },
                token);

            code.ShouldBe(3);
            output.ToArray().AsSpan().SequenceEqual(sent).ShouldBeTrue();
            Encoding.UTF8.GetString(errors.ToArray()).ShouldBe("done\n");
            return result;
        });
    }

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task A_cache_mount_is_counted_and_pruned_by_its_id(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var client = await ClientSession.OpenAsync(engine);
        var id = "test-" + Guid.NewGuid().ToString("N");
        var step = Llb.Shell($"echo {id} > /dev/pipcache/file", Llb.Cache(id, "/dev/pipcache"));
        await client.BuildAsync((gateway, token) =>
            gateway.SolveAsync(new SolveRequest { Definition = Llb.Image("busybox:latest", step), Evaluate = true }, token));
        var control = new BuildKitControl(client.Connection);
        string[] filters = [$"type==exec.cachemount,description~={id}"];

        UsageRecord record;
        do
        {
            // The daemon lets go of a build's mounts after it has answered.
            record = (await control.GetDiskUsageAsync(filters, Cancellation)).ShouldHaveSingleItem();
        }
        while (record.InUse);

        record.Size.ShouldBeGreaterThan(0);
        var pruned = new List<UsageRecord>();
        // BuildKit 0.13 knows a record's description when it lists, but not when it prunes.
        var request = new PruneRequest { Filter = { $"id=={record.ID}" }, All = true };
        await foreach (var gone in control.PruneAsync(request, Cancellation))
        {
            pruned.Add(gone);
        }

        pruned.ShouldHaveSingleItem().ID.ShouldBe(record.ID);
        (await control.GetDiskUsageAsync(filters, Cancellation)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task A_rewritten_step_keeps_the_digest_the_daemon_gives_it(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var client = await ClientSession.OpenAsync(engine);
        var marker = Guid.NewGuid().ToString();
        var graph = LlbGraph.Decode(Llb.Image("busybox:latest", Llb.Shell("true"), Llb.Shell($"echo {marker}"))).Rewrite(WithSwitch);
        var seen = new HashSet<string>();
        var request = new BuildRequest { Ref = Guid.NewGuid().ToString("N"), SessionId = client.Session.Id };

        var following = BuildProgress.FollowAsync(
            client.Connection,
            request.Ref,
            status =>
            {
                seen.UnionWith(status.Vertexes.Select(vertex => vertex.Digest));
                return Task.CompletedTask;
            },
            Cancellation);
        await new GatewayBuild(client.Connection).RunAsync(
            request,
            (gateway, token) => gateway.SolveAsync(new SolveRequest { Definition = graph.Encode(), Evaluate = true }, token),
            Cancellation);
        await following;

        graph.Vertices.Select(vertex => vertex.Digest).ShouldBeSubsetOf(seen);
    }

    private static VertexChange WithSwitch(ComposePipCache.BuildKit.Llb.Vertex vertex)
    {
        var exec = vertex.Op.Exec.Clone();
        exec.Mounts.Add(Llb.Cache("test-rewrite", "/dev/pipcache"));
        exec.Secretenv.Add(new SecretEnv { ID = "none", Name = "PIP_NO_INDEX", Optional = true });
        return new VertexChange(exec);
    }
}
