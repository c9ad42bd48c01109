using System.Net;
using ComposePipCache.Bed;
using ComposePipCache.TestIndex;
using ComposePipCache.TestIndex.Catalog;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>An index under the bed's own name that can go away without taking it from others.</summary>
/// <remarks>The images of the bed ask index.pipcache.test; an extra host leads them here.</remarks>
internal sealed class CeleryIndex : IAsyncDisposable
{
    private static readonly string[] Distributions =
    [
        "Deprecated-1", "amqp-5.1", "anyjson", "async_timeout-4", "billiard-4.1", "celery-5.2", "certifi-2022", "chardet-5.1",
        "charset_normalizer-3.0", "click-8.1.3", "click_didyoumean-0.3.0", "click_plugins", "click_repl-0.2", "ephem-4.1",
        "idna-3.3", "importlib_metadata-4", "kombu-5.2", "more_itertools-8", "packaging-23", "prompt_toolkit-3.0.36", "pyparsing-3.0",
        "python_dateutil-2.8", "python_memcached-1.58", "pytz-2022", "redis-4.3", "requests-2.28", "six-1.16",
        "typing_extensions-4.4", "urllib3-1.26", "vine-5.0", "wcwidth-0.2.5", "wrapt", "zipp-1.0",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly string _wheels;
    private readonly string _name;
    private readonly IPAddress _bridge;

    private CeleryIndex(Uri index, IPAddress bridge, string wheels)
    {
        (_name, _bridge, _wheels) = (index.Host, bridge, wheels);
        Directory.CreateDirectory(Folder);
        Fill(Folder);
        Server = IndexServer.Start(
            new IndexOptions { WheelFolders = [Folder], Listen = new IPEndPoint(bridge, index.Port) });
    }

    public IndexServer Server { get; }

    public string Folder => Path.Combine(_folder.Path, "files");

    public static async Task<CeleryIndex> StartAsync()
    {
        var bridge = await BedScript.HostAddressAsync();
        return new CeleryIndex(new Uri(await BedScript.PathAsync("index")), bridge, await BedScript.PathAsync("wheels"));
    }

    /// <summary>For a compose file beside the project's own: this index under the bed's name.</summary>
    public string Override(string service) =>
        $"services: {{{service}: {{build: {{extra_hosts: [\"{_name}={_bridge}\"]}}}}}}\n";

    /// <summary>Copies all that the mission's requirements need, as <c>pip download</c> leaves it.</summary>
    public void Fill(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(_wheels, "*.whl").Where(IsNeeded))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    /// <summary>Publishes a newer version of a project.</summary>
    public void Publish(string project, string version)
    {
        new TinyWheel(project, version).WriteTo(Folder);
        Server.Rescan();
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    private static bool IsNeeded(string path) =>
        Distributions.Any(start => Path.GetFileName(path).StartsWith(start, StringComparison.Ordinal));
}
