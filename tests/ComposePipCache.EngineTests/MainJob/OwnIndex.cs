using System.Net;
using ComposePipCache.Bed;
using ComposePipCache.TestIndex;
using ComposePipCache.TestIndex.Catalog;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>An index of one test that its build containers reach, with projects that no other test knows.</summary>
internal sealed class OwnIndex : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _suffix = Guid.NewGuid().ToString("N")[..8];
    private readonly IPAddress _host;

    private OwnIndex(IPAddress host)
    {
        _host = host;
        Directory.CreateDirectory(Folder);
        Server = IndexServer.Start(new IndexOptions { WheelFolders = [Folder], Listen = new IPEndPoint(host, 0) });
    }

    public IndexServer Server { get; }

    /// <summary>The folder that it serves.</summary>
    public string Folder => Path.Combine(_folder.Path, "files");

    public string Url => Server.SimpleUrl;

    /// <summary>For a Dockerfile: this index and no other, and nothing of pip's beside the installation.</summary>
    public string Settings => $"ENV PIP_INDEX_URL={Url} PIP_TRUSTED_HOST={_host} PIP_DISABLE_PIP_VERSION_CHECK=1\n";

    /// <summary>Starts one that serves version 1.0 of each project.</summary>
    public static async Task<OwnIndex> StartAsync(params string[] projects)
    {
        var index = new OwnIndex(await BedScript.HostAddressAsync());
        index.Publish([.. projects.Select(project => index.Wheel(project, "1.0"))]);
        return index;
    }

    /// <summary>The full name of a project.</summary>
    public string Name(string project) => project + _suffix;

    public TinyWheel Wheel(string project, string version) => new(Name(project), version) { PayloadSize = 1000 };

    public void Publish(params TinyWheel[] wheels)
    {
        foreach (var wheel in wheels)
        {
            wheel.WriteTo(Folder);
        }

        Server.Rescan();
    }

    /// <summary>Lines of a requirements file.</summary>
    public string Requirements(string specifier, params string[] projects) =>
        string.Concat(projects.Select(project => $"{Name(project)}{specifier}\n"));

    /// <summary>Dies as the request comes in that follows so many of this kind.</summary>
    public void DieAfter(int count, RequestKind kind) => Server.AddFault(new FaultRule
    {
        Id = "dies",
        Match = new RequestMatch { Kind = kind },
        Effect = new FaultEffect { GoAway = true },
        After = count,
        Times = 1,
    });

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }
}
