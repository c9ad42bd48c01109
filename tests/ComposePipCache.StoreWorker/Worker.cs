using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ComposePipCache.Wheelhouse.Downloads;
using ComposePipCache.Wheelhouse.Errors;
using ComposePipCache.Wheelhouse.Locks;
using ComposePipCache.Wheelhouse.Sources;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.StoreWorker;

/// <summary>What such a process does; each line of its output is true from then on.</summary>
internal sealed class Worker(string root, TextWriter output)
{
    private const int LargestFile = 300_000;

    // Few, so that two workers and one worker's successor meet on the same files.
    private const int FileNumbers = 40;

    /// <summary>Adds files, locks and layer records until it is killed; prints what is stored.</summary>
    public async Task AddForeverAsync(string seed)
    {
        using var store = WheelhouseStore.Open(root);
        var locks = new LockStore(store);
        var layers = new LayerRecords(store);
        var random = new Random(int.Parse(seed, CultureInfo.InvariantCulture));
        await output.WriteLineAsync("ready");
        while (true)
        {
            var number = random.Next(FileNumbers);
            var content = Content(number);
            var name = $"foo-{number}.0-py3-none-any.whl";
            var stored = await store.AddAsync(name, Sha256(content), new MemoryStream(content), CancellationToken.None);
            await locks.WriteAsync(Lock(stored), CancellationToken.None);
            await layers.WriteAsync(Layer(stored), CancellationToken.None);
            await output.WriteLineAsync($"{stored.Sha256} {stored.FileName}");
        }
    }

    /// <summary>Adds a file that is too large, then one that is not.</summary>
    public async Task FillAsync(string bytes)
    {
        using var store = WheelhouseStore.Open(root);
        var content = new byte[int.Parse(bytes, CultureInfo.InvariantCulture)];
        await TellAsync(() => store.AddAsync("big-1.0.zip", null, new MemoryStream(content), CancellationToken.None));
        await TellAsync(() => store.AddAsync("small-1.0.zip", null, new MemoryStream([1]), CancellationToken.None));
    }

    public async Task FetchAsync(string url, string fileName, string sha256)
    {
        using var store = WheelhouseStore.Open(root);
        using var client = FileDownloader.CreateClient(TimeSpan.FromSeconds(10), isProxied: false);
        var downloader = new FileDownloader(store, client, new DownloadOptions(), TimeProvider.System);
        var request = new DownloadRequest(new Uri(url), fileName, sha256) { Progress = new Teller(output) };
        await TellAsync(() => downloader.FetchAsync(request, CancellationToken.None));
    }

    /// <summary>Prints the files of a folder, then its problems.</summary>
    public async Task ReadAsync(string folder)
    {
        using var store = WheelhouseStore.Open(root);
        using var source = FindLinksFolder.Read(folder, store, TimeProvider.System);
        foreach (var file in source.Files)
        {
            await output.WriteLineAsync(file.FileName);
        }

        foreach (var problem in source.Problems)
        {
            await output.WriteLineAsync($"{problem.Kind} {problem.FileName}");
        }
    }

    private static byte[] Content(int number)
    {
        var random = new Random(number);
        var content = new byte[random.Next(LargestFile)];
        random.NextBytes(content);
        return content;
    }

    private static StepLock Lock(StoredFile stored) => new()
    {
        Key = Sha256(Encoding.UTF8.GetBytes(stored.FileName)),
        KeyText = stored.FileName,
        CreatedAt = DateTimeOffset.UnixEpoch,
        Scope = "public",
        Interpreter = "cpython 3.12",
        Files =
        [
            new()
            {
                FileName = stored.FileName,
                Sha256 = stored.Sha256,
                Size = stored.Size,
                Kind = LockedFileKind.Wheel,
            },
        ],
    };

    private static LayerRecord Layer(StoredFile stored) =>
        new() { Layer = stored.FileName, Mode = LayerMode.Online, RecordedAt = DateTimeOffset.UnixEpoch };

    private static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private async Task TellAsync(Func<Task<StoredFile>> work)
    {
        try
        {
            await output.WriteLineAsync($"stored {(await work()).FileName}");
        }
        catch (DiskFullException error)
        {
            await output.WriteLineAsync($"full {error.Path} {error.Needed} {error.Free}");
        }
        catch (WheelhouseException error)
        {
            await output.WriteLineAsync($"failed {error.Problem}");
        }
    }

    private sealed class Teller(TextWriter output) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => output.WriteLine($"kept {value.Kept}");
    }
}
