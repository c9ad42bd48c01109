using ComposePipCache.BuildKit.Llb;
using ComposePipCache.Protocol.Llb;
using CsCheck;
using Google.Protobuf;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.BuildKit.Llb;

public class LlbGraphTests
{
    [Fact]
    public void A_graph_that_nothing_changes_is_the_same_object_and_the_same_definition()
    {
        var definition = Graphs.Chain("pip install flask", "true");
        var graph = LlbGraph.Decode(definition);

        var rewritten = graph.Rewrite(_ => null);

        rewritten.ShouldBeSameAs(graph);
        rewritten.Encode().ShouldBeSameAs(definition);
    }

    [Fact]
    public void The_head_is_what_the_bodyless_last_op_points_to()
    {
        var graph = LlbGraph.Decode(Graphs.Chain("first", "second"));

        graph.Head.ShouldNotBeNull().Op.Exec.Meta.Args[^1].ShouldBe("second");
        graph.Vertices.Count.ShouldBe(3);
    }

    [Fact]
    public void A_changed_op_renames_all_that_depends_on_it_and_nothing_else()
    {
        var graph = LlbGraph.Decode(Graphs.Chain("keep", "change", "after"));

        var rewritten = graph.Rewrite(vertex => Changed(vertex, "change"));

        rewritten.Vertices.Take(2).ShouldBe(graph.Vertices.Take(2));
        rewritten.Vertices[2].Op.Exec.Secretenv.ShouldHaveSingleItem();
        rewritten.Vertices[3].Op.Inputs[0].Digest.ShouldBe(rewritten.Vertices[2].Digest);
        rewritten.Head.ShouldBe(rewritten.Vertices[3]);
    }

    [Fact]
    public void Metadata_and_source_lines_follow_an_op_to_its_new_name()
    {
        var graph = LlbGraph.Decode(Graphs.Chain("keep", "change", "after"));

        var rewritten = graph.Rewrite(vertex => Changed(vertex, "change"));

        rewritten.Vertices.Skip(1).Select(vertex => vertex.Name).ShouldBe(["RUN keep", "RUN change", "RUN after"]);
        rewritten.LocationsOf(rewritten.Vertices[3]).Single().Range.Start.Line.ShouldBe(4);
        rewritten.Encode().Metadata.Keys.ShouldBe(rewritten.Vertices.Skip(1).Select(v => v.Digest), ignoreOrder: true);
    }

    [Fact]
    public void A_copy_from_a_changed_stage_keeps_its_other_bytes()
    {
        var graphs = new Graphs();
        var image = graphs.Image("docker-image://docker.io/library/python:3.11");
        var stage = graphs.Run(image, "change");
        var definition = graphs.End(graphs.Copy(image, stage));
        var graph = LlbGraph.Decode(definition);

        var rewritten = graph.Rewrite(vertex => Changed(vertex, "change"));

        var before = graph.Head.ShouldNotBeNull().Op;
        var after = rewritten.Head.ShouldNotBeNull().Op;
        after.Inputs[0].ShouldBe(before.Inputs[0]);
        after.Inputs[1].Digest.ShouldBe(rewritten.Vertices[1].Digest);
        after.File.ShouldBe(before.File);
        after.Platform.ShouldBe(before.Platform);
    }

    [Fact]
    public void An_input_that_is_not_in_the_graph_is_refused()
    {
        var definition = Graphs.Chain("one");
        definition.Def.RemoveAt(0);

        Should.Throw<InvalidLlbException>(() => LlbGraph.Decode(definition)).Message.ShouldContain("not in it");
    }

    [Fact]
    public void Bytes_that_are_no_op_are_refused()
    {
        var definition = new Definition { Def = { ByteString.CopyFrom(0xff, 0xff, 0xff) } };

        Should.Throw<InvalidLlbException>(() => LlbGraph.Decode(definition));
    }

    [Fact]
    public void An_empty_definition_is_an_empty_graph()
    {
        var graph = LlbGraph.Decode(new Definition());

        graph.Head.ShouldBeNull();
        graph.Vertices.ShouldBeEmpty();
    }

    [Fact]
    public void Rewriting_twice_is_rewriting_once_and_every_input_exists()
    {
        var commands = Gen.Char['a', 'e'].Select(letter => letter.ToString()).Array[1, 8];
        commands.Sample(names =>
        {
            var graph = LlbGraph.Decode(Graphs.Chain(names));
            var once = graph.Rewrite(vertex => Changed(vertex, "c"));
            var twice = once.Rewrite(vertex => Changed(vertex, "c"));
            var digests = twice.Vertices.Select(vertex => vertex.Digest).ToHashSet();

            twice.ShouldBeSameAs(once);
            once.Vertices.SelectMany(vertex => vertex.Op.Inputs).ShouldAllBe(input => digests.Contains(input.Digest));
            LlbGraph.Decode(once.Encode()).Vertices.Select(vertex => vertex.Digest)
                .ShouldBe(once.Vertices.Select(vertex => vertex.Digest));
        });
    }

    private static VertexChange? Changed(Vertex vertex, string command)
    {
        if (vertex.Op.Exec.Meta.Args[^1] != command || vertex.Op.Exec.Secretenv.Count > 0)
        {
            return null;
        }

        var exec = vertex.Op.Exec.Clone();
        exec.Secretenv.Add(new SecretEnv { ID = "id", Name = "PIP_NO_INDEX", Optional = true });
        return new VertexChange(exec);
    }
}
