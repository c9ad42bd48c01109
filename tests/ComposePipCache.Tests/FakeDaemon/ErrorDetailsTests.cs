using ComposePipCache.BuildKit.Errors;
using ComposePipCache.FakeDaemon.Rpc;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.FakeDaemon;

public class ErrorDetailsTests
{
    private const string Message = "process \"/bin/sh -c pip install x\" did not complete successfully: exit code: 1";
    private const string Types = "github.com/moby/buildkit/";

    private static readonly (string Type, string Json)[] Everything =
    [
        (Types + "errdefs.Vertex+json", """{"digest":"sha256:abc"}"""),
        (Types + "errdefs.Source+json", """
            {"info":{"filename":"Dockerfile","data":"RlJPTSB4ClJVTiBwaXAgaW5zdGFsbCB4Cg==","language":"Dockerfile"},
             "ranges":[{"start":{"line":2},"end":{"line":2}}]}
            """),
        (Types + "errdefs.Solve+json", """{"inputIDs":["in-1",""],"mountIDs":["out-1",""],"op":{"exec":{}},"description":{}}"""),
        (Types + "gatewayapi.ExitMessage+json", """{"Code":1}"""),
        (Types + "stack.Stack+json", """{"frames":[{"Name":"x","File":"y.go","Line":1}],"cmdline":["dockerd"],"pid":1}"""),
    ];

    public static TheoryData<string, string> Malformed => new()
    {
        { "errdefs.Vertex+json", "" },
        { "errdefs.Vertex+json", "{" },
        { "errdefs.Vertex+json", "[]" },
        { "errdefs.Vertex+json", "null" },
        { "errdefs.Vertex+json", """{"digest":7}""" },
        { "errdefs.Source+json", "{}" },
        { "errdefs.Source+json", """{"info":null}""" },
        { "errdefs.Source+json", """{"info":{"data":"not base64!"}}""" },
        { "errdefs.Source+json", """{"info":{"data":7}}""" },
        { "errdefs.Source+json", """{"info":{},"ranges":{}}""" },
        { "errdefs.Source+json", """{"info":{},"ranges":[7]}""" },
        { "errdefs.Source+json", """{"info":{},"ranges":[{"start":{"line":99999999999}}]}""" },
        { "errdefs.Solve+json", """{"inputIDs":"in-1"}""" },
        { "errdefs.Solve+json", """{"mountIDs":[7]}""" },
        { "gatewayapi.ExitMessage+json", """{"Code":"1"}""" },
        { "gatewayapi.ExitMessage+json", """{"Code":-1}""" },
        { "gatewayapi.ExitMessage+json", "7" },
        { "something.New+json", "{}" },
        { "something.New", "\u0001\u0002" },
    };

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_failed_step_tells_vertex_exit_code_lines_and_mounts()
    {
        var failure = await FailAsync(Everything, TestContext.Current.CancellationToken);

        failure.Message.ShouldBe(Message);
        failure.Details.VertexDigest.ShouldBe("sha256:abc");
        failure.Details.ExitCode.ShouldBe(1);
        failure.Details.InputIds.ShouldBe(["in-1", ""]);
        failure.Details.MountIds.ShouldBe(["out-1", ""]);
        var source = failure.Details.Sources.ShouldHaveSingleItem();
        source.FileName.ShouldBe("Dockerfile");
        source.Text.ShouldBe("FROM x\nRUN pip install x\n");
        source.Ranges.ShouldBe([(2, 2)]);
    }

    [Theory(Timeout = EngineHarness.SafetyNet)]
    [MemberData(nameof(Malformed))]
    public async Task A_detail_that_cannot_be_read_does_not_hide_the_others(string type, string json)
    {
        var failure = await FailAsync(
            [(Types + type, json), (Types + "gatewayapi.ExitMessage+json", """{"Code":137}""")],
            TestContext.Current.CancellationToken);

        failure.Message.ShouldBe(Message);
        failure.Details.ExitCode.ShouldBe(137);
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task Details_survive_the_way_through_Return()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.Engine.Faults.Add("LLBBridge/Solve", CallFault.Fail(StatusCode.Unknown, Message, Everything));

        await Should.ThrowAsync<SolveException>(() => harness.BuildAsync());

        var returned = await harness.Engine.Builds.ShouldHaveSingleItem().Returned;
        returned.Error.Message.ShouldBe(Message);
        returned.Error.Details.Select(detail => detail.TypeUrl).ShouldBe(Everything.Select(detail => detail.Type));
    }

    private static async Task<SolveException> FailAsync(
        (string Type, string Json)[] details,
        CancellationToken cancellationToken)
    {
        await using var harness = await EngineHarness.StartAsync(cancellationToken);
        harness.Engine.Faults.Add("LLBBridge/Solve", CallFault.Fail(StatusCode.Unknown, Message, details));
        return await Should.ThrowAsync<SolveException>(() => harness.BuildAsync());
    }
}
