using CliWrap;
using CliWrap.Buffered;
using ComposePipCache.Bed;

namespace ComposePipCache.EngineTests.Contexts;

/// <summary>A folder of an image, entry by entry: type, mode, owner, link, time and content.</summary>
/// <remarks>Read with find and sha256sum, because names with line feeds are beyond .NET's tar reader.</remarks>
internal static class CopiedTree
{
    private const string List =
        """
        set -e
        tar -x -p --same-owner -C "$1" "$2"
        cd "$1/$2"
        find . -mindepth 1 -printf '%P|%y|%m|%U:%G|%l|%T@|%s|%n\0'
        find . -type f -print0 | sort -z | xargs -0 sha256sum -z
        """;

    /// <summary>One text per entry, and one per file with its hash.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(Engine engine, string image, string folder)
    {
        var container = (await engine.SucceedAsync("/", "create", image, "true")).Trim();
        using var target = new TemporaryFolder();
        try
        {
            var export = engine.Command("/", "export", container);
            var list = Cli.Wrap("bash").WithArguments(["-c", List, "list", target.Path, folder]);
            var result = await (export | list).ExecuteBufferedAsync();
            return result.StandardOutput.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            await engine.SucceedAsync("/", "rm", container);
        }
    }
}
