using ComposePipCache.Build.Passes;
using ComposePipCache.BuildKit.Llb;
using ComposePipCache.Protocol.Llb;
using ComposePipCache.Tests.BuildKit.Llb;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Passes;

public sealed class PipPassTests
{
    private static readonly PipPassOptions Options = new()
    {
        CanShareReadOnly = true,
        Directories = new Dictionary<string, string> { ["context"] = "/home/me/project" },
        Scope = "public",
        BuildName = "build1",
    };

    private static readonly string[] Commands = ["pip install x", "echo", "python -m pip install -r r.txt", "uv sync", "make"];

    [Fact]
    public void A_graph_without_a_pip_step_keeps_its_very_bytes()
    {
        var graph = LlbGraph.Decode(Graphs.Chain("apt-get update", "echo pip install flask"));

        var plan = PipPass.Apply(graph, Options);

        plan.Graph.ShouldBeSameAs(graph);
        plan.Steps.ShouldBeEmpty();
    }

    [Fact]
    public void A_pip_step_gets_three_mounts_below_dev_and_its_switches()
    {
        var step = PipPass.Apply(LlbGraph.Decode(Graphs.Chain("pip install flask")), Options).Steps.ShouldHaveSingleItem();

        var ours = step.Exec.Mounts.Where(mount => mount.Dest != "/").ToList();
        ours.Select(mount => (mount.Dest, mount.Readonly)).ShouldBe(
            [("/dev/pipcache/wheels", true), ("/dev/pipcache/cache", false), ("/dev/pipcache/log", false)]);
        ours.ShouldAllBe(mount => mount.MountType == MountType.Cache && mount.CacheOpt.Sharing == CacheSharingOpt.Shared
            && mount.Input == -1 && mount.Output == -1 && !mount.CacheOpt.ID.Contains('/'));
        step.Exec.Secretenv.ShouldAllBe(secret => secret.Optional && secret.ID == step.SwitchPrefix + secret.Name);
        step.Exec.Secretenv.Select(secret => secret.Name).ShouldContain("PIP_NO_INDEX");
    }

    [Fact]
    public void Wheels_are_writable_where_the_engine_cannot_share_them_read_only()
    {
        var options = Options with { CanShareReadOnly = false };

        var step = PipPass.Apply(LlbGraph.Decode(Graphs.Chain("pip install flask")), options).Steps.ShouldHaveSingleItem();

        step.Exec.Mounts.ShouldAllBe(mount => !mount.Readonly);
    }

    [Fact]
    public void Steps_before_a_pip_step_keep_their_digests()
    {
        var graph = LlbGraph.Decode(Graphs.Chain("apt-get update", "pip install flask", "echo done"));

        var rewritten = PipPass.Apply(graph, Options).Graph;

        rewritten.Vertices.Select(vertex => vertex.Digest).Take(2)
            .ShouldBe(graph.Vertices.Select(vertex => vertex.Digest).Take(2));
        rewritten.Vertices[3].Digest.ShouldNotBe(graph.Vertices[3].Digest);
        rewritten.Vertices[3].Op.Exec.ShouldBe(graph.Vertices[3].Op.Exec);
    }

    [Fact]
    public void Switches_are_the_same_in_every_checkout_and_views_are_not()
    {
        var here = Step(Local("session1"), Options);
        var there = Step(Local("session1"), Options with { Directories = Folder("/home/you/project") });

        there.SwitchPrefix.ShouldBe(here.SwitchPrefix);
        there.View.ShouldNotBe(here.View);
    }

    [Fact]
    public void A_view_is_the_same_in_every_session() =>
        Step(Local("session2"), Options).View.ShouldBe(Step(Local("session1"), Options).View);

    [Fact]
    public void Scopes_never_share_a_layer() =>
        Step(Graphs.Chain("pip install flask"), Options with { Scope = "own-1" }).Exec.Secretenv
            .Select(secret => secret.ID)
            .ShouldNotContain(Step(Graphs.Chain("pip install flask"), Options).Exec.Secretenv[0].ID);

    [Fact]
    public void No_cache_dir_is_left_out()
    {
        var step = Step(Graphs.Chain("pip install --no-cache-dir flask && echo --no-cache-dir"), Options);

        step.Exec.Meta.Args[2].ShouldStartWith("pip install ");
        step.Exec.Meta.Args[2].ShouldEndWith("flask && echo --no-cache-dir");
        step.Exec.Meta.Args[2].ShouldNotContain("install --no-cache-dir");
    }

    [Fact]
    public void A_step_that_must_run_again_gets_mounts_of_its_own()
    {
        var step = Step(Graphs.Chain("pip install flask"), Options with { MustRunAgain = _ => true });

        step.Vertex.Metadata!.IgnoreCache.ShouldBeTrue();
        step.Ids.Wheels.ShouldEndWith(".build1");
        step.Ids.Cache.ShouldEndWith(".build1");
    }

    [Fact]
    public void A_parent_is_not_told_to_run_its_steps_again()
    {
        var graph = LlbGraph.Decode(Graphs.Chain("pip install flask", "pip install redis"));
        var plan = PipPass.Apply(graph, Options with { MustRunAgain = _ => true });

        var parent = plan.Graph.EncodeOutput(plan.Steps[1].Parent);

        parent.Def.Count.ShouldBe(3);
        parent.Metadata.Values.ShouldAllBe(metadata => !metadata.IgnoreCache);
        plan.Steps[0].Vertex.Metadata!.IgnoreCache.ShouldBeTrue();
    }

    [Theory]
    [InlineData("pip install --no-index --find-links=/wheels flask")]
    [InlineData("sudo pip install flask")]
    [InlineData("env -i pip install flask")]
    public void What_cannot_be_served_is_left_alone_with_a_reason(string command)
    {
        var graph = LlbGraph.Decode(Graphs.Chain(command));

        var plan = PipPass.Apply(graph, Options);

        plan.Graph.ShouldBeSameAs(graph);
        plan.LeftAlone.ShouldHaveSingleItem().Reason.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_step_of_another_target_is_found_again()
    {
        var first = PipPass.Apply(LlbGraph.Decode(Graphs.Chain("pip install flask")), Options);

        var second = PipPass.Apply(first.Graph, Options with { BuildName = "build2" });

        second.Graph.ShouldBeSameAs(first.Graph);
        var step = second.Steps.ShouldHaveSingleItem();
        (step.View, step.SwitchPrefix, step.Ids, step.Scope).ShouldBe(
            (first.Steps[0].View, first.Steps[0].SwitchPrefix, first.Steps[0].Ids, "public"));
    }

    [Fact]
    public void Applying_it_twice_changes_nothing_more() =>
        Gen.Int[0, Commands.Length - 1].Array[1, 6].Sample(chosen =>
        {
            var commands = chosen.Select(index => Commands[index]).ToArray();
            var once = PipPass.Apply(LlbGraph.Decode(Graphs.Chain(commands)), Options);

            PipPass.Apply(once.Graph, Options).Graph.ShouldBeSameAs(once.Graph);
            once.Graph.Vertices.Count.ShouldBe(commands.Length + 1);
        });

    private static PipStep Step(Definition definition, PipPassOptions options) =>
        PipPass.Apply(LlbGraph.Decode(definition), options).Steps.ShouldHaveSingleItem();

    private static Dictionary<string, string> Folder(string path) => new() { ["context"] = path };

    /// <summary>COPY of the context, then pip, as one session of the client has it.</summary>
    private static Definition Local(string session)
    {
        var graph = new Graphs();
        var image = graph.Image("docker-image://docker.io/library/python:3.11");
        var local = graph.Local("context", session);
        return graph.End(graph.Run(graph.Copy(image, local), "pip install -r requirements.txt"));
    }
}
