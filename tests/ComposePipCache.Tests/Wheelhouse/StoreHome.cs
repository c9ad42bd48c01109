using System.Security.Cryptography;
using System.Text;
using ComposePipCache.Tests.Cli;
using ComposePipCache.Wheelhouse.Store;
using Xunit;

namespace ComposePipCache.Tests.Wheelhouse;

/// <summary>A wheelhouse that is there for one test.</summary>
internal sealed class StoreHome : IDisposable
{
    private readonly TempFolder _folder = new();

    public StoreHome() => Store = WheelhouseStore.Open(Root);

    public string Root => _folder.At("wheelhouse");

    public WheelhouseStore Store { get; }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static string Sha(string content) => Sha(Encoding.UTF8.GetBytes(content));

    public static string Sha(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public static MemoryStream Stream(string content) => new(Encoding.UTF8.GetBytes(content));

    public string At(params string[] parts) => _folder.At(parts);

    public string Write(string name, string content) => _folder.Write(name, content);

    public Task<StoredFile> AddAsync(string name, string content) =>
        Store.AddAsync(name, expectedSha256: null, Stream(content), Token);

    public string[] Files() => Directory.Exists(Root)
        ? [.. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal)]
        : [];

    public void Dispose()
    {
        Store.Dispose();
        _folder.Dispose();
    }
}
