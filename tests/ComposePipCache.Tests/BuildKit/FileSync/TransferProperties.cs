using System.Text;
using ComposePipCache.BuildKit.Session.FileSync;
using ComposePipCache.BuildKit.Session.FileSync.Paths;
using ComposePipCache.BuildKit.Session.FileSync.Patterns;
using ComposePipCache.BuildKit.Session.FileSync.Trees;
using ComposePipCache.Tests.BuildKit.FileSync.Support;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.BuildKit.FileSync;

public class TransferProperties
{
    private static readonly int Fold = Environment.GetEnvironmentVariable("PIPCACHE_SOAK") == "1" ? 20 : 1;

    private static readonly Gen<string> Name = Gen
        .OneOf("a", "b", "a.txt", "foo", "foo-x", "foo.x", ".git", "é", "🐍", "｡", "x y", "*", "[b]");

    private static readonly Gen<string> AnyPath = Name.List[1, 4].Select(names => string.Join('/', names));

    private static readonly Gen<string> Pattern = Gen
        .OneOf("a", "b", "*", "**", "foo*", "*.txt", "a.txt", ".git", "?", "[ab]", "foo")
        .List[1, 3].Select(parts => string.Join('/', parts))
        .Where(pattern => !pattern.EndsWith("/*/**", StringComparison.Ordinal));

    private static readonly Gen<string> Negatable =
        Gen.Select(Gen.Bool, Pattern, (isNegated, text) => isNegated ? $"!{text}" : text);

    private static readonly Gen<(string Path, int Kind)> Entry = Gen.Select(AnyPath, Gen.Int[0, 9]);

    [Fact]
    public Task Any_tree_arrives_as_it_is() => Entry.List[0, 25].SampleAsync(async entries =>
    {
        using var tree = Make(entries);

        var received = await Transfers.SendAsync(tree, TestContext.Current.CancellationToken);

        received.Paths.Order(StringComparer.Ordinal).ShouldBe(AllPaths(tree).Order(StringComparer.Ordinal));
        CheckContents(tree, received);
    }, iter: 60 * Fold, threads: 1);

    [Fact]
    public Task What_the_patterns_leave_arrives_with_the_folders_above_it() => Gen
        .Select(Entry.List[0, 25], Pattern.List[0, 3], Negatable.List[0, 4])
        .SampleAsync(async (entries, include, exclude) =>
        {
            using var tree = Make(entries);
            var request = Transfers.Everything with { IncludePatterns = include, ExcludePatterns = exclude };

            var received = await Transfers.SendAsync(
                Transfers.Source(tree), request, _ => true, TestContext.Current.CancellationToken);

            received.Paths.Order(StringComparer.Ordinal).ShouldBe(Wanted(tree, request).Order(StringComparer.Ordinal));
            CheckContents(tree, received);
        }, iter: 150 * Fold, threads: 1);

    [Fact]
    public Task What_is_sent_and_received_is_the_same_tree() => Entry.List[0, 25].SampleAsync(async entries =>
    {
        using var tree = Make(entries);
        using var copy = new TempTree();
        var pipe = new PacketPipe();
        var token = TestContext.Current.CancellationToken;
        var receiving = FileReceiver.ReceiveAsync(pipe.Daemon, copy.Full("out"), token);

        await FileSender.SendAsync(pipe.Client, Transfers.Source(tree), Transfers.Everything, token);
        await receiving;

        Describe(copy.Full("out")).ShouldBe(Describe(tree.Root));
    }, iter: 60 * Fold, threads: 1);

    private static List<string> Describe(string root)
    {
        var tree = FileTree.Open(root);
        return [.. new TreeWalker(tree, TreeFilter.Create(tree, [], [], [])).Walk().Select(node =>
        {
            var isFile = GoFileMode.IsFile(node.Stat.Mode);
            return $"{node.Stat} {(isFile ? File.ReadAllText(Path.Combine(root, node.Path)) : "")}";
        })];
    }

    private static TempTree Make(List<(string Path, int Kind)> entries)
    {
        var tree = new TempTree();
        string? file = null;
        foreach (var (path, kind) in entries.Where(entry => IsFree(tree, entry.Path)))
        {
            switch (kind)
            {
                case 0:
                    tree.Folder(path);
                    break;
                case 1:
                    tree.Link(path, "../a");
                    break;
                case 2 when file is not null:
                    Directory.CreateDirectory(Path.GetDirectoryName(tree.Full(path))!);
                    tree.HardLink(path, file);
                    break;
                default:
                    file = path;
                    tree.Content(path, $"content of {path}", kind < 5 ? 0b110_100_100 : 0b111_000_000);
                    break;
            }
        }

        return tree;
    }

    /// <summary>Nothing is there yet, and all above it is a folder or can become one.</summary>
    private static bool IsFree(TempTree tree, string path) =>
        SlashPath.Prefixes(path).SkipLast(1).All(above => !IsThere(tree.Full(above)) || IsRealFolder(tree.Full(above)))
        && !IsThere(tree.Full(path));

    private static bool IsThere(string path) => Path.Exists(path) || new FileInfo(path).LinkTarget is not null;

    private static bool IsRealFolder(string path) =>
        Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null;

    private static IEnumerable<string> AllPaths(TempTree tree) =>
        Below(tree.Root).Select(full => Path.GetRelativePath(tree.Root, full));

    private static IEnumerable<string> Below(string folder) => Directory.EnumerateFileSystemEntries(folder)
        .SelectMany(full => IsRealFolder(full) ? Below(full).Prepend(full) : [full]);

    /// <summary>
    /// The rules without any shortcut: every path is judged, none is skipped. Only patterns that end in <c>/*/**</c> come
    /// to another result then, in fsutil as well.
    /// </summary>
    private static HashSet<string> Wanted(TempTree tree, DirectoryRequest request)
    {
        var include = PatternMatcher.Create(request.IncludePatterns);
        var exclude = PatternMatcher.Create(request.ExcludePatterns);
        return [.. AllPaths(tree)
            .Where(path => include.Patterns.Count == 0 || MatchesOnTheWayDown(include, path))
            .Where(path => !MatchesOnTheWayDown(exclude, path))
            .SelectMany(SlashPath.Prefixes)];
    }

    private static bool MatchesOnTheWayDown(PatternMatcher matcher, string path)
    {
        PatternMatches? matches = null;
        var isMatch = false;
        foreach (var prefix in SlashPath.Prefixes(path))
        {
            isMatch = matcher.Matches(prefix, matches, out matches);
        }

        return isMatch;
    }

    private static void CheckContents(TempTree tree, ReceivedTree received)
    {
        foreach (var (path, content) in received.Contents)
        {
            Encoding.UTF8.GetString(content).ShouldBe(File.ReadAllText(tree.Full(path)));
        }
    }
}
