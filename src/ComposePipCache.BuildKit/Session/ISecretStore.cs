namespace ComposePipCache.BuildKit.Session;

/// <summary>Where build secrets come from.</summary>
/// <remarks>May be called several times and at once for one id, by several steps.</remarks>
public interface ISecretStore
{
    /// <summary>The secret's value, or null when there is none of that id.</summary>
    ValueTask<ReadOnlyMemory<byte>?> FindAsync(string id, CancellationToken cancellationToken);
}
