using System.Globalization;
using System.Text;
using CliWrap;
using ComposePipCache.Bed;

namespace ComposePipCache.EngineTests.Contexts;

/// <summary>A build context of 2,000 files, at full size 20,000, with all that file systems and .dockerignore allow.</summary>
internal sealed class AwkwardContext
{
    private const int FilesPerFolder = 50;
    private const int MaximumNameLength = 200;

    private static readonly int FolderCount = Scale.Of(40, 400);
    private static readonly int FoldersWithPatterns = Scale.Of(24, 240);

    private static readonly UnixFileMode[] Modes =
    [
        UnixFileMode.UserRead | UnixFileMode.UserWrite,
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead,
        UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
        UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.SetUser,
        UnixFileMode.UserRead | UnixFileMode.GroupExecute | UnixFileMode.SetGroup,
        UnixFileMode.UserRead | UnixFileMode.StickyBit,
    ];

    private static readonly DateTime Epoch = new(2024, 2, 29, 12, 0, 0, DateTimeKind.Utc);

    private readonly string _root;
    private readonly Random _random = new(20);
    private int _nextRune = 1;
    private int _count;

    private AwkwardContext(string root) => _root = root;

    /// <summary>Fills the folder; the same content each time.</summary>
    public static async Task CreateAsync(string root)
    {
        var context = new AwkwardContext(root);
        context.AddFiles();
        await context.AddLinksAsync();
        await Cli.Wrap("mkfifo").WithArguments(Path.Combine(root, "pipe")).ExecuteAsync();
        File.WriteAllText(Path.Combine(root, ".dockerignore"), Patterns());
        File.WriteAllText(Path.Combine(root, "Dockerfile"), "FROM busybox\nCOPY . /context/\n");
    }

    /// <summary>
    /// A hundred patterns, at full size a thousand: wildcards, classes, anchors, and exceptions that bring things back.
    /// </summary>
    private static string Patterns()
    {
        var patterns = new StringBuilder("# a comment\n\n  /leading-space\n**/*.tmp\n!**/keep-*.tmp\npipe\n**/4\\pN.\\pl*\n");
        for (var i = 0; i < FoldersWithPatterns; i++)
        {
            var folder = string.Create(CultureInfo.InvariantCulture, $"folder-{i:00}");
            patterns.Append(CultureInfo.InvariantCulture, $"{folder}/**/x?.dat\n")
                .Append(CultureInfo.InvariantCulture, $"/{folder}/[0-4]*.txt\n")
                .Append(CultureInfo.InvariantCulture, $"!{folder}/3*.txt\n")
                .Append(i % 3 == 0 ? $"{folder}/deep\n!{folder}/deep/er/file-*\n" : $"{folder}/de*p/er/\n");
        }

        return patterns.ToString();
    }

    private void AddFiles()
    {
        for (var i = 0; i < FolderCount; i++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(_root, $"folder-{i:00}"));
            Directory.CreateDirectory(Path.Combine(folder.FullName, "deep/er/empty"));
            for (var j = 0; j < FilesPerFolder; j++)
            {
                AddFile(Path.Combine(folder.FullName, Name(j)));
            }
        }

        // Sorted by bytes this is foo, foo/x, foo-x: neither a plain sort of paths nor one by UTF-16 gives that.
        AddFile(Path.Combine(_root, "foo-x"));
        AddFile(Path.Combine(Directory.CreateDirectory(Path.Combine(_root, "foo")).FullName, "x"));
        AddFile(Path.Combine(_root, "foo.x"));
        AddFile(Path.Combine(_root, "\uffee-last-of-the-first-plane"));
        AddFile(Path.Combine(_root, "\U00010000-first-of-the-second"));
    }

    private string Name(int index) => (index % 5) switch
    {
        0 => $"deep/er/file-{index}",
        1 => $"{index}.txt",
        2 => $"deep/x{index % 10}.dat",
        3 => index % 2 == 0 ? $"keep-{index}.tmp" : $"{index}.tmp",
        _ => UnicodeName(),
    };

    /// <summary>Walks through all scalar values in steps, control characters, private use and the last plane included.</summary>
    private string UnicodeName()
    {
        var name = new StringBuilder();
        var length = 0;
        while (length < MaximumNameLength)
        {
            if (Rune.IsValid(_nextRune) && _nextRune != '/')
            {
                var rune = new Rune(_nextRune);
                name.Append(rune);
                length += rune.Utf8SequenceLength;
            }

            _nextRune = _nextRune < 0x300 ? _nextRune + 1 : (_nextRune + 53) % 0x110000;
        }

        return name.ToString();
    }

    private void AddFile(string path)
    {
        // Empty, around the size of a protocol chunk, and some larger ones.
        int[] sizes = [0, 1, 32 * 1024, (32 * 1024) + 1, _random.Next(5000), _random.Next(5000)];
        var content = new byte[_count % 400 == 0 ? 3_000_000 : sizes[_count % sizes.Length]];
        _random.NextBytes(content);
        File.WriteAllBytes(path, content);
        File.SetLastWriteTimeUtc(path, Epoch.AddSeconds(_count).AddTicks(_random.Next(10_000_000)));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, Modes[_count % Modes.Length]);
        }

        _count++;
    }

    private async Task AddLinksAsync()
    {
        File.CreateSymbolicLink(Path.Combine(_root, "link-to-file"), "folder-01/1.txt");
        File.CreateSymbolicLink(Path.Combine(_root, "link-to-folder"), "folder-02");
        File.CreateSymbolicLink(Path.Combine(_root, "link-to-nothing"), "no/such/thing");
        File.CreateSymbolicLink(Path.Combine(_root, "link-outside"), "/etc/passwd");
        File.CreateSymbolicLink(Path.Combine(_root, "folder-03/link-up"), "../foo/x");
        foreach (var name in (string[])["hard-1", "folder-05/hard-2", "folder-30/hard-3"])
        {
            await Cli.Wrap("ln").WithArguments([Path.Combine(_root, "foo/x"), Path.Combine(_root, name)]).ExecuteAsync();
        }
    }
}
