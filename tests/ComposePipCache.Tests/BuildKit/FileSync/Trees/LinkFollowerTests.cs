using ComposePipCache.BuildKit.Session.FileSync.Trees;
using ComposePipCache.Tests.BuildKit.FileSync.Support;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.BuildKit.FileSync.Trees;

public sealed class LinkFollowerTests : IDisposable
{
    private readonly TempTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void A_chain_of_links_is_followed_to_its_end() =>
        Follow(_tree.Content("dir/foo").Link("dir/l1", "foo").Link("l2", "dir/l1").Content("bar"), "l2 bar")
            .ShouldBe("bar dir/foo dir/l1 l2");

    [Fact]
    public void A_circle_ends() =>
        Follow(_tree.Link("l1", "l1").Link("l2", "l3").Link("l3", "l2"), "l1 l3").ShouldBe("l1 l2 l3");

    [Theory]
    [InlineData("../")]
    [InlineData("../../../")]
    public void Absolute_targets_start_at_the_root_of_the_tree(string up) =>
        Follow(_tree.Link("dir/l1", "/foo/bar/baz").Link("foo/bar", up).Content("baz"), "dir/l1")
            .ShouldBe("baz dir/l1 foo/bar");

    [Theory]
    [InlineData("foo/bar/baz bar/baz", "bar/baz foo/bar/baz")]
    [InlineData("f*/foo/t*", "f*/foo/t*")]
    [InlineData("foo/bar/baz foo/bar", "foo/bar")]
    [InlineData("/foo//bar/", "foo/bar")]
    [InlineData("../up", "../up")]
    public void What_does_not_exist_is_kept_as_a_pattern(string paths, string expected) =>
        Follow(_tree, paths).ShouldBe(expected);

    [Fact]
    public void The_root_means_everything() => Follow(_tree, ".").ShouldBe("everything");

    [Fact]
    public void A_path_inside_another_is_dropped() =>
        Follow(_tree.Link("dir/l1", "/foo").Content("foo/bar"), "dir/l1 foo/bar").ShouldBe("dir/l1 foo");

    [Fact]
    public void A_link_to_the_root_means_everything() =>
        Follow(_tree.Link("dir/l2", "/").Content("foo/bar"), "dir/l2 foo").ShouldBe("everything");

    [Theory]
    [InlineData("dir/l*", "baz dir/l* foo/bar1 foo/bar2")]
    [InlineData("dir", "dir")]
    [InlineData("dir dir/*link", "dir foo/bar3")]
    public void Wildcards_follow_every_link_they_match(string paths, string expected)
    {
        _tree.Link("dir/l1", "/foo/bar1").Link("dir/l2", "/foo/bar2").Link("dir/anotherlink", "/foo/bar3")
            .Link("foo/bar2", "../baz").Content("foo/bar1").Content("foo/bar3").Content("baz");

        Follow(_tree, paths).ShouldBe(expected);
    }

    private static string Follow(TempTree tree, string paths) =>
        LinkFollower.Follow(FileTree.Open(tree.Root), paths.Split(' ')) is { } found
            ? string.Join(' ', found)
            : "everything";
}
