using ComposePipCache.TestIndex.Serving;

namespace ComposePipCache.TestIndex.Tests;

public class RouteTests
{
    [Theory]
    [InlineData("/simple/", RequestKind.List, null, null)]
    [InlineData("/simple", RequestKind.List, null, "/simple/")]
    [InlineData("/simple/foo-bar/", RequestKind.Page, "foo-bar", null)]
    [InlineData("/simple/foo-bar", RequestKind.Page, "foo-bar", "/simple/foo-bar/")]
    [InlineData("/simple/Foo_.Bar/", RequestKind.Page, "foo-bar", "/simple/foo-bar/")]
    [InlineData("/devpi/simple/foo/", RequestKind.Page, "foo", null)]
    [InlineData("/private/simple/FOO/", RequestKind.Page, "foo", "/private/simple/foo/")]
    [InlineData("/packages/aa/bb/cc/Foo_Bar-1.0-py3-none-any.whl", RequestKind.File, "foo-bar", null)]
    [InlineData("/packages/aa/bb/cc/foo-1.0-py3-none-any.whl.metadata", RequestKind.Metadata, "foo", null)]
    [InlineData("/devpi/+f/aa/bb/cc/foo-1.0.tar.gz", RequestKind.File, "foo", null)]
    [InlineData("/nohash/packages/aa/bb/cc/odd", RequestKind.File, null, null)]
    [InlineData("/simple/foo/bar/", RequestKind.Other, null, null)]
    [InlineData("/", RequestKind.Other, null, null)]
    public void A_path_tells_what_is_asked_for(string path, RequestKind kind, string? project, string? redirect)
    {
        var route = Route.Of(path);

        route.Kind.ShouldBe(kind);
        route.Project.ShouldBe(project);
        route.RedirectTo.ShouldBe(redirect);
    }

    [Fact]
    public void Metadata_and_file_share_a_file_name()
    {
        Route.Of("/packages/a/b/c/foo-1.0-py3-none-any.whl.metadata").FileName.ShouldBe("foo-1.0-py3-none-any.whl");
    }
}
