using System.Net.Http.Headers;
using ComposePipCache.Bed;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>An image of one test that is in the bed's registry alone, until the registry forgets it.</summary>
internal sealed class OwnImage : IAsyncDisposable
{
    private static readonly string[] ManifestTypes =
    [
        "application/vnd.docker.distribution.manifest.v2+json", "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.oci.image.manifest.v1+json", "application/vnd.oci.image.index.v1+json",
    ];

    private readonly Engine _engine;
    private readonly Uri _manifests;

    private OwnImage(Engine engine, string name, Uri manifests)
    {
        _engine = engine;
        Name = name;
        _manifests = manifests;
    }

    /// <summary>As the engine asks for it.</summary>
    public string Name { get; }

    /// <summary>Pushes a copy of an image of the bed, and takes the copy out of the engine's store again.</summary>
    public static async Task<OwnImage> PushAsync(Engine engine, string copied)
    {
        var repository = $"fetched-{Guid.NewGuid():N}";
        var name = $"{await BedScript.PathAsync("registry")}/{repository}:1";
        await engine.SucceedAsync("/", "tag", copied, name);
        await engine.SucceedAsync("/", "push", "--quiet", name);
        await engine.SucceedAsync("/", "rmi", name);
        // The engines see the registry on their own loopback; here it has the address of the index.
        var host = new Uri(await BedScript.PathAsync("index-address")).Host;
        return new OwnImage(engine, name, new Uri($"http://{host}:5000/v2/{repository}/manifests/"));
    }

    public async Task<bool> IsInStoreAsync() => (await _engine.RunAsync("/", "image", "inspect", Name)).ExitCode == 0;

    /// <summary>From now on nobody can pull it.</summary>
    public async Task ForgetAsync()
    {
        using var client = new HttpClient();
        using var question = new HttpRequestMessage(HttpMethod.Head, new Uri($"{_manifests}1"));
        foreach (var type in ManifestTypes)
        {
            question.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        }

        using var answer = await client.SendAsync(question);
        var digest = answer.EnsureSuccessStatusCode().Headers.GetValues("Docker-Content-Digest").Single();
        using var deletion = await client.DeleteAsync(new Uri($"{_manifests}{digest}"));
        deletion.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync() => await _engine.RunAsync("/", "rmi", "--force", Name);
}
