using ComposePipCache.Build.Engine;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Engine;

public class ImageNameTests
{
    private const string Digest = "sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef";

    [Theory]
    [InlineData("busybox", "docker.io/library/busybox:latest", "busybox:latest")]
    [InlineData("python:3.13-slim", "docker.io/library/python:3.13-slim", "python:3.13-slim")]
    [InlineData("docker/dockerfile:1", "docker.io/docker/dockerfile:1", "docker/dockerfile:1")]
    [InlineData("docker.io/library/python:3", "docker.io/library/python:3", "python:3")]
    [InlineData("localhost/x", "localhost/x:latest", "localhost/x:latest")]
    [InlineData("127.0.0.1:5000/a/b", "127.0.0.1:5000/a/b:latest", "127.0.0.1:5000/a/b:latest")]
    [InlineData("ghcr.io/astral-sh/uv:0.9", "ghcr.io/astral-sh/uv:0.9", "ghcr.io/astral-sh/uv:0.9")]
    [InlineData("redis@" + Digest, "docker.io/library/redis@" + Digest, "redis@" + Digest)]
    [InlineData("redis:7@" + Digest, "docker.io/library/redis@" + Digest, "redis@" + Digest)]
    public void A_name_is_completed_and_shortened_as_docker_does_it(string written, string reference, string familiar)
    {
        var name = ImageName.Parse(written);

        name.Reference.ShouldBe(reference);
        name.Familiar.ShouldBe(familiar);
        ImageName.Parse(name.Reference).Reference.ShouldBe(reference);
    }

    [Theory]
    [InlineData("busybox", "docker.io", "latest")]
    [InlineData("127.0.0.1:5000/a:2", "127.0.0.1:5000", "2")]
    [InlineData("ghcr.io/a/b@" + Digest, "ghcr.io", Digest)]
    public void Its_registry_is_asked_for_the_digest_or_the_tag(string written, string host, string asked)
    {
        var name = ImageName.Parse(written);

        name.Host.ShouldBe(host);
        name.TagOrDigest.ShouldBe(asked);
    }

    [Theory]
    [InlineData("linux/amd64", "linux/amd64", true)]
    [InlineData("linux/arm64", "linux/arm64/v8", true)]
    [InlineData("linux/arm/v7", "linux/arm", true)]
    [InlineData("linux/arm/v6", "linux/arm/v7", false)]
    [InlineData("linux/arm64", "linux/amd64", false)]
    [InlineData("windows/amd64", "linux/amd64", false)]
    public void An_image_is_of_a_platform_whose_variant_it_has_or_does_not_tell(string wanted, string actual, bool matches)
    {
        ImagePlatform.Parse(wanted).Matches(ImagePlatform.Parse(actual)).ShouldBe(matches);
        ImagePlatform.Parse(actual).Matches(ImagePlatform.Parse(wanted)).ShouldBe(matches);
        ImagePlatform.Parse(wanted).ToString().ShouldBe(wanted);
    }
}
