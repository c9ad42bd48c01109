using ComposePipCache.Build.Fetch;
using ComposePipCache.Build.Passes;
using ComposePipCache.BuildKit.Llb;
using ComposePipCache.Protocol.Llb;
using ComposePipCache.Tests.BuildKit.Llb;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Fetch;

public class StepsNotRunTests
{
    [Fact]
    public void A_step_that_another_one_stands_on_is_inner()
    {
        var plan = Plan(Graphs.Chain("pip install one", "true", "pip install two"));

        StepsNotRun.Inner(plan).ShouldHaveSingleItem().Exec.Meta.Args[^1].ShouldBe("pip install one");
    }

    [Fact]
    public void Steps_side_by_side_are_not()
    {
        var graph = new Graphs();
        var image = graph.Image("docker-image://docker.io/library/python:3.11");
        var one = graph.Run(image, "pip install one");
        var two = graph.Run(image, "pip install two");

        var plan = Plan(graph.End(graph.Copy(one, two)));

        plan.Steps.Count.ShouldBe(2);
        StepsNotRun.Inner(plan).ShouldBeEmpty();
    }

    private static PipPlan Plan(Definition definition) => PipPass.Apply(LlbGraph.Decode(definition), new PipPassOptions
    {
        Directories = new Dictionary<string, string>(),
        BuildName = "build",
        Scope = "public",
        CanShareReadOnly = true,
    });
}
