using ComposePipCache.Build.Fetch;
using ComposePipCache.Protocol.Llb;
using ComposePipCache.Tests.BuildKit.Llb;
using Google.Protobuf;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Fetch;

public class GraphImagesTests
{
    private const string Digest = "sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef";
    private const string Resolved = $"docker-image://docker.io/library/python:3.13@{Digest}";

    [Fact]
    public void A_tag_that_was_resolved_is_wanted_as_it_was_written() =>
        References(Graph("FROM python:3.13\n", Resolved)).ShouldBe(["docker.io/library/python:3.13"]);

    [Theory]
    [InlineData($"FROM python:3.13@{Digest}\n", "")]
    [InlineData("ARG BASE\nFROM ${BASE}\n", $"python:3.13@{Digest}")]
    [InlineData("FROM base\n", $"docker-image://python:3.13@{Digest}")]
    public void A_digest_that_was_written_stays(string dockerfile, string option) =>
        References(Graph(dockerfile, Resolved), option).ShouldBe([$"docker.io/library/python@{Digest}"]);

    [Fact]
    public void Every_image_of_the_graph_is_wanted_once_and_nothing_else()
    {
        var graph = new Graphs();
        var first = graph.Run(graph.Image("docker-image://docker.io/library/python:3.13"), "true");
        var second = graph.Image("docker-image://ghcr.io/astral-sh/uv:0.9");
        var context = graph.Local("context", "s");

        var images = GraphImages.Of(graph.End(graph.Copy(graph.Copy(first, second), context)), []);

        images.Select(image => image.Name.Reference)
            .ShouldBe(["docker.io/library/python:3.13", "ghcr.io/astral-sh/uv:0.9"]);
        images[0].Platform.ShouldNotBeNull().ToString().ShouldBe("linux/amd64");
    }

    private static Definition Graph(string dockerfile, string image)
    {
        var graph = new Graphs();
        var definition = graph.End(graph.Run(graph.Image(image), "true"));
        definition.Source.Infos[0].Data = ByteString.CopyFromUtf8(dockerfile);
        return definition;
    }

    private static IEnumerable<string> References(Definition definition, params string[] options) =>
        GraphImages.Of(definition, options).Select(image => image.Name.Reference);
}
