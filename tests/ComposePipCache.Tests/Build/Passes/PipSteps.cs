using ComposePipCache.Build.Passes;
using ComposePipCache.BuildKit.Llb;
using ComposePipCache.Protocol.Llb;

namespace ComposePipCache.Tests.Build.Passes;

/// <summary>Pip steps that nothing runs.</summary>
internal static class PipSteps
{
    public static PipStep Create(params IEnumerable<string> environment) => CreateFor("pip install flask", environment);

    public static PipStep CreateFor(string command, params IEnumerable<string> environment)
    {
        var meta = new Meta { Args = { "/bin/sh", "-c", command }, Env = { environment }, Cwd = "/" };
        var exec = new ExecOp { Meta = meta, Mounts = { new Mount { Dest = "/", Input = -1, Output = 0 } } };
        var vertex = new Vertex(OpBytes.Encode(new Op { Exec = exec }), metadata: null);
        var graph = LlbGraph.Decode(new Definition());
        var step = new PipStep
        {
            Vertex = vertex,
            Analysis = new PipStepReader(graph).Read(vertex)!,
            Scope = "public",
            View = "view",
            SwitchPrefix = SwitchId.Prefix("public", "text"),
            Ids = InjectedMounts.Ids(null),
        };
        var served = StepInjection.Apply(step, new PipStepReader(graph), canShareReadOnly: true);
        return step with { Vertex = new Vertex(OpBytes.WithExec(vertex.Bytes, served), metadata: null) };
    }
}
