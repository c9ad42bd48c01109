using ComposePipCache.BuildKit.Session.FileSync.Trees;
using ComposePipCache.Tests.BuildKit.FileSync.Support;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.BuildKit.FileSync.Trees;

public sealed class TreeWalkerTests : IDisposable
{
    private readonly TempTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData("bar", "bar/ bar/foo")]
    [InlineData("bar/foo", "bar/ bar/foo")]
    [InlineData("b*", "bar/ bar/foo")]
    [InlineData("bar/f*", "bar/ bar/foo")]
    [InlineData("bar/g*", "")]
    [InlineData("f*", "foo2")]
    [InlineData("b*/f*", "bar/ bar/foo")]
    [InlineData("b*/foo", "bar/ bar/foo")]
    [InlineData("b*/", "bar/ bar/foo")]
    [InlineData("bar/**", "bar/ bar/foo")]
    public void An_included_path_brings_the_folders_above_it(string include, string expected) =>
        Walk(_tree.Content("bar/foo").Content("foo2"), include: include).ShouldBe(expected);

    [Theory]
    [InlineData("**", "a/ a/b/ a/b/bar/ a/b/bar/foo a/b/baz/ bar/ bar/foo baz/ foo/ foo/bar/ foo/bar/bee foo2")]
    [InlineData("**/bar", "a/ a/b/ a/b/bar/ a/b/bar/foo bar/ bar/foo foo/ foo/bar/ foo/bar/bee")]
    [InlineData("**/bar/foo", "a/ a/b/ a/b/bar/ a/b/bar/foo bar/ bar/foo")]
    [InlineData("**/b*", "a/ a/b/ a/b/bar/ a/b/bar/foo a/b/baz/ bar/ bar/foo baz/ foo/ foo/bar/ foo/bar/bee")]
    [InlineData("**/bar/f*", "a/ a/b/ a/b/bar/ a/b/bar/foo bar/ bar/foo")]
    [InlineData("**/bar/g*", "")]
    [InlineData("**/f*", "a/ a/b/ a/b/bar/ a/b/bar/foo bar/ bar/foo foo/ foo/bar/ foo/bar/bee foo2")]
    [InlineData("**/b*/foo", "a/ a/b/ a/b/bar/ a/b/bar/foo bar/ bar/foo")]
    [InlineData("**/foo/**", "foo/ foo/bar/ foo/bar/bee")]
    [InlineData("**/baz", "a/ a/b/ a/b/baz/ baz/")]
    public void Double_stars_reach_every_depth(string include, string expected)
    {
        _tree.Content("a/b/bar/foo").Folder("a/b/baz").Content("bar/foo").Folder("baz")
            .Content("foo2").Content("foo/bar/bee");

        Walk(_tree, include: include).ShouldBe(expected);
    }

    [Theory]
    [InlineData("foo* !foo/bar2", "bar foo/ foo/bar2")]
    [InlineData("foo !foo/bar2", "bar foo/ foo/bar2 foo2")]
    [InlineData("foo", "bar foo2")]
    [InlineData("** !foo/bar2", "foo/ foo/bar2")]
    [InlineData("** !**/bar2", "foo/ foo/bar2")]
    [InlineData("foo/* !foo/bar2", "bar foo/ foo/bar2 foo2")]
    [InlineData("foo/**", "bar foo/ foo2")]
    [InlineData("!foo", "bar foo/ foo/bar2 foo/bar3 foo2")]
    [InlineData("**", "")]
    public void An_exception_brings_the_folders_above_it_back(string exclude, string expected) =>
        Walk(_tree.Content("bar").Content("foo/bar2").Content("foo/bar3").Content("foo2"), exclude: exclude)
            .ShouldBe(expected);

    [Fact]
    public void Two_kinds_of_stars_at_the_end_find_nothing_as_in_fsutil()
    {
        _tree.Content("a/b/c");

        Walk(_tree, include: "a/*/*").ShouldBe("a/ a/b/ a/b/c");
        Walk(_tree, include: "a/*/**").ShouldBe("");
        Walk(_tree, exclude: "a !a/*/**").ShouldBe("");
    }

    [Fact]
    public void Exceptions_nest()
    {
        _tree.Content("foo/bar/baz/x").Content("foo/bar/baz/y").Content("foo/bar/z").Content("foo/w");

        Walk(_tree, exclude: "foo !foo/bar foo/bar/baz !foo/bar/baz/x")
            .ShouldBe("foo/ foo/bar/ foo/bar/baz/ foo/bar/baz/x foo/bar/z");
    }

    [Fact]
    public void Includes_and_excludes_combine()
    {
        _tree.Content("src/a.py").Content("src/a.pyc").Content("docs/a.py");

        Walk(_tree, include: "src", exclude: "**/*.pyc").ShouldBe("src/ src/a.py");
    }

    [Fact]
    public void Followed_links_bring_their_targets()
    {
        _tree.Content("bar").Link("foo/l1", "/baz/one").Link("foo/l2", "/baz/two").Content("baz/one")
            .Link("baz/two", "../bax").Content("bax").Content("bay");

        Walk(_tree, follow: "foo/l* bar").ShouldBe(
            "bar bax baz/ baz/one baz/two -> ../bax foo/ foo/l1 -> /baz/one foo/l2 -> /baz/two");
    }

    [Fact]
    public void A_followed_link_to_the_root_brings_everything() =>
        Walk(_tree.Link("foo", ".").Content("bar").Content("bay/baz"), follow: "foo")
            .ShouldBe("bar bay/ bay/baz foo -> .");

    [Fact]
    public void What_vanishes_during_the_walk_is_left_out()
    {
        _tree.Content("a/gone").Content("a/kept").Content("b/gone").Content("c");
        var paths = new List<string>();
        foreach (var node in Walker(_tree, "", "", "").Walk())
        {
            paths.Add(node.Path);
            if (node.Path == "a")
            {
                File.Delete(_tree.Full("a/gone"));
                Directory.Delete(_tree.Full("b"), recursive: true);
            }
        }

        paths.ShouldBe(["a", "a/kept", "c"]);
    }

    [Fact]
    public void A_folder_that_may_not_be_read_fails_the_walk_by_name() =>
        Should.Throw<FileTreeException>(() => Walk(new LockedTree("foo/bar"), ""))
            .Message.ShouldBe("cannot read `foo/bar`: permission denied");

    [Theory]
    [InlineData("**/bar")]
    [InlineData("**/bar !foo/bar/baz")]
    public void A_folder_that_may_not_be_read_and_is_not_wanted_is_passed_by(string exclude) =>
        Walk(new LockedTree("foo/bar"), exclude).ShouldBe("foo/");

    [Fact]
    public void The_portable_tree_sees_what_the_native_one_sees()
    {
        _tree.Content("d/a.txt", "abc", 0b110_000_000).Folder("e", 0b111_000_101)
            .Link("l", "d/a.txt").Link("broken", "nowhere").Link("folder", "d").Content("🐍").Content("｡");

        Describe(new PortableFileTree(_tree.Root)).ShouldBe(Describe(FileTree.Open(_tree.Root)));
    }

    private static string Describe(IFileTree tree) => string.Join(
        '\n',
        new TreeWalker(tree, TreeFilter.Create(tree, [], [], [])).Walk()
            .Where(node => GoFileMode.IsSymlink(node.Stat.Mode) || node.Stat.ModTime % 100 >= 0)
            .Select(node =>
            {
                node.Stat.ModTime -= node.Stat.ModTime % 100;
                node.Stat.Size = GoFileMode.IsSymlink(node.Stat.Mode) ? 0 : node.Stat.Size;
                return node.Stat.ToString();
            }));

    private static string Walk(TempTree tree, string include = "", string exclude = "", string follow = "") =>
        string.Join(' ', Walker(tree, include, exclude, follow).Walk().Select(node => ReceivedTree.Line(node.Stat)));

    private static string Walk(IFileTree tree, string exclude) => string.Join(
        ' ',
        new TreeWalker(tree, TreeFilter.Create(tree, [], Words(exclude), [])).Walk()
            .Select(node => ReceivedTree.Line(node.Stat)));

    private static TreeWalker Walker(TempTree folder, string include, string exclude, string follow)
    {
        var tree = FileTree.Open(folder.Root);
        return new TreeWalker(tree, TreeFilter.Create(tree, Words(include), Words(exclude), Words(follow)));
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A chain of folders of which the last may not be read: root itself can read everything.</summary>
    private sealed class LockedTree(string locked) : IFileTree
    {
        public IReadOnlyList<TreeEntry> List(string folder)
        {
            if (folder == locked)
            {
                throw FileTreeException.Unreadable(folder, "permission denied", isPermission: true);
            }

            var rest = locked[(folder.Length == 0 ? 0 : folder.Length + 1)..];
            return [new TreeEntry(rest.Split('/')[0], IsFolder: true)];
        }

        public TreeNode Find(string path) => new(
            path,
            new() { Path = Google.Protobuf.ByteString.CopyFromUtf8(path), Mode = GoFileMode.Folder },
            null);

        public FileStream Open(string path) => throw new NotSupportedException();
    }
}
