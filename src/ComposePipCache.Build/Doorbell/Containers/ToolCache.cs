using System.Globalization;

namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>The whole cache mount: a folder for each scope and user, with the caches of tools and the logs of steps.</summary>
public sealed class ToolCache
{
    /// <summary>One folder for each tool that keeps a cache.</summary>
    private static readonly string[] Tools = ["pip", "uv", "poetry", "pipenv", "pdm"];

    private readonly ContainerShell _shell;

    internal ToolCache(ContainerShell shell) => _shell = shell;

    /// <summary>Makes a user's folders, and a log that every user of a step may append to.</summary>
    public async Task<CacheOwner> PrepareAsync(CacheFolder folder, string log, CancellationToken cancellationToken)
    {
        CacheOwner? owner = null;
        await _shell.AskAsync(
            Prepare(new ShellCommand(), folder, log),
            record =>
            {
                owner = ReadOwner(record);
                return Task.CompletedTask;
            },
            cancellationToken);
        return owner ?? throw SeedErrors.Stopped("no owner was told");
    }

    /// <summary>Regular files below some of a user's folders, such as <c>pip/http-v2</c>. Links are not followed.</summary>
    public async Task<IReadOnlyList<CacheFile>> ListAsync(
        CacheFolder folder,
        IEnumerable<string> paths,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<CacheFile> files = [];
        await _shell.AskAsync(
            new ShellCommand().Call("tell_listing", [Root(folder), .. paths.Select(PathSegment.CheckPath)]),
            async record => files = [.. FileListing.Parse(await record.ReadTextAsync(cancellationToken))],
            cancellationToken);
        return files;
    }

    /// <summary>Hands files over one after the other; those that are gone are left out.</summary>
    /// <param name="folder">Whose.</param>
    /// <param name="paths">Relative to the folder.</param>
    /// <param name="receive">Gets the path and the content, whose length is known; may leave the rest unread.</param>
    /// <param name="cancellationToken">Ends the container's usefulness as well.</param>
    public async Task CopyOutAsync(
        CacheFolder folder,
        IReadOnlyList<string> paths,
        Func<string, Stream, Task> receive,
        CancellationToken cancellationToken)
    {
        var index = 0;
        await _shell.AskAsync(
            new ShellCommand().Call("tell_contents", [Root(folder), .. paths.Select(PathSegment.CheckPath)]),
            record =>
            {
                var path = paths[index++];
                return record.Name == "file" ? receive(path, record) : Task.CompletedTask;
            },
            cancellationToken);
    }

    /// <summary>Removes files or whole folders; what is not there is no failure.</summary>
    public Task RemoveAsync(CacheFolder folder, IEnumerable<string> paths, CancellationToken cancellationToken) =>
        _shell.AskAsync(
            new ShellCommand().Call("remove", [Root(folder), .. paths.Select(PathSegment.CheckPath)]),
            _ => Task.CompletedTask,
            cancellationToken);

    internal static ShellCommand Prepare(ShellCommand command, CacheFolder folder, string log) => command.Call(
        "prepare_user", [folder.Scope, folder.Name, folder.User, PathSegment.Check(log), .. Tools]);

    internal static CacheOwner ReadOwner(ShellRecord record) => new(
        int.Parse(record.Fields[0], CultureInfo.InvariantCulture),
        int.Parse(record.Fields[1], CultureInfo.InvariantCulture),
        record.Fields[2] == "1");

    private string Root(CacheFolder folder) => $"{_shell.Places.Cache}/{folder.Scope}/{folder.Name}";
}
