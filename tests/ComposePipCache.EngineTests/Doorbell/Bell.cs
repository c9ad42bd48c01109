using ComposePipCache.BuildKit.Session;

namespace ComposePipCache.EngineTests.Doorbell;

/// <summary>Answers secrets by running what a test wants to happen at the doorbell.</summary>
internal sealed class Bell(Func<string, CancellationToken, Task<string>> ring) : ISecretStore
{
    public async ValueTask<ReadOnlyMemory<byte>?> FindAsync(string id, CancellationToken cancellationToken) =>
        System.Text.Encoding.UTF8.GetBytes(await ring(id, cancellationToken));
}
