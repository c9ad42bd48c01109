using System.Globalization;
using System.Text;

namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>The whole wheel mount: contents under <c>files/</c>, what steps see of them under <c>views/</c>.</summary>
/// <remarks>Several containers may write at once: everything is made beside and renamed.</remarks>
public sealed class WheelMount
{
    // The links page and the fingerprint.
    private const int OwnEntries = 2;

    private readonly ContainerShell _shell;

    internal WheelMount(ContainerShell shell) => _shell = shell;

    /// <summary>Every content that is there.</summary>
    public Task<IReadOnlyList<StoredFile>> ListAsync(CancellationToken cancellationToken) =>
        AskForFilesAsync(new ShellCommand().Call("tell_listing", _shell.Places.Wheels, "files"), cancellationToken);

    /// <summary>Those of the named contents that are there.</summary>
    public Task<IReadOnlyList<StoredFile>> FindAsync(
        IEnumerable<string> digests,
        CancellationToken cancellationToken) =>
        AskForFilesAsync(
            new ShellCommand().Call("tell_present", digests.Select(PathSegment.CheckSha256)), cancellationToken);

    /// <summary>Sends what is missing, one file after the other.</summary>
    /// <exception cref="SeedException">The disk is full, or the input was cut off; complete files stay.</exception>
    public async Task<SeedResult> AddAsync(IReadOnlyCollection<SeedFile> files, CancellationToken cancellationToken)
    {
        if (files.Count == 0)
        {
            return new SeedResult(0, 0);
        }

        var present = (await FindAsync(files.Select(file => file.Sha256), cancellationToken)).ToHashSet();
        var missing = files.DistinctBy(file => file.Sha256)
            .Where(file => !present.Contains(new StoredFile(file.Sha256, file.Size)))
            .ToList();
        if (missing.Count > 0)
        {
            await SendAsync(missing, cancellationToken);
        }

        return new SeedResult(missing.Count, missing.Sum(file => file.Size));
    }

    /// <summary>The fingerprint of a view; null when there is none.</summary>
    public Task<string?> ReadFingerprintAsync(ViewName name, CancellationToken cancellationToken) =>
        ReadFingerprintAsync(new ShellCommand().Call("tell_fingerprint", name.Scope, name.Step), cancellationToken);

    /// <summary>Makes a view, or does nothing where it is there already. A running step keeps the one it started with.</summary>
    /// <returns>Whether there was something to do.</returns>
    /// <exception cref="SeedException">A content is not on the mount.</exception>
    public async Task<bool> PublishAsync(View view, CancellationToken cancellationToken)
    {
        var entries = view.Entries.Count + OwnEntries;
        var question = new ShellCommand().Call(
            "tell_fingerprint", view.Name.Scope, view.Name.Step, entries.ToString(CultureInfo.InvariantCulture));
        if (await ReadFingerprintAsync(question, cancellationToken) == view.Fingerprint)
        {
            return false;
        }

        var absent = "";
        await _shell.AskAsync(
            PublishCommand(view),
            async record => absent = await record.ReadTextAsync(cancellationToken),
            cancellationToken);
        return absent.Length == 0 ? true : throw SeedErrors.Absent(Lines(absent));
    }

    /// <summary>Reads the files of a view, and takes away those that are no longer what their sha256 says.</summary>
    /// <returns>The sha256 of each that is gone now.</returns>
    public async Task<IReadOnlyList<string>> RemoveSpoiledAsync(
        ViewName name, IEnumerable<ViewEntry> entries, CancellationToken cancellationToken)
    {
        var words = entries.SelectMany(
            entry => new[] { PathSegment.CheckSha256(entry.Sha256), PathSegment.Check(entry.FileName) });
        IReadOnlyList<string> spoiled = [];
        await _shell.AskAsync(
            new ShellCommand().Call("tell_spoiled", [name.Scope, name.Step, .. words]),
            async record => spoiled = Lines(await record.ReadTextAsync(cancellationToken)),
            cancellationToken);
        return spoiled;
    }

    private async Task<string?> ReadFingerprintAsync(ShellCommand command, CancellationToken cancellationToken)
    {
        string? fingerprint = null;
        await _shell.AskAsync(
            command,
            async record => fingerprint = await record.ReadTextAsync(cancellationToken),
            cancellationToken);
        return fingerprint;
    }

    private static ShellCommand PublishCommand(View view)
    {
        var fingerprint = Encoding.UTF8.GetBytes(view.Fingerprint);
        var command = new ShellCommand().Call(
            "begin_view",
            view.Name.Scope,
            view.Name.Step,
            view.LinksPage.Length.ToString(CultureInfo.InvariantCulture),
            fingerprint.Length.ToString(CultureInfo.InvariantCulture));
        foreach (var entry in view.Entries)
        {
            command.Call("link", PathSegment.CheckSha256(entry.Sha256), PathSegment.Check(entry.FileName));
        }

        return command.Call("end_view").Send(view.LinksPage).Send(fingerprint);
    }

    private async Task SendAsync(List<SeedFile> files, CancellationToken cancellationToken)
    {
        var command = new ShellCommand().Call("add_files");
        foreach (var file in files)
        {
            command.Send(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{file.Sha256} {file.Size}\n")));
            command.Send(file.Open, file.Size);
        }

        await _shell.AskAsync(command.Send("\n"u8.ToArray()), _ => Task.CompletedTask, cancellationToken);
    }

    private async Task<IReadOnlyList<StoredFile>> AskForFilesAsync(ShellCommand command, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredFile> files = [];
        await _shell.AskAsync(
            command,
            async record => files =
            [
                .. FileListing.Parse(await record.ReadTextAsync(cancellationToken))
                    .Select(file => new StoredFile(Path.GetFileName(file.Path), file.Size)),
            ],
            cancellationToken);
        return files;
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
