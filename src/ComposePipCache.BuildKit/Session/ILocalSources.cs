namespace ComposePipCache.BuildKit.Session;

/// <summary>Directories offered to the daemon.</summary>
public interface ILocalSources
{
    /// <summary>The directory behind a local source name, or null when the name is not offered.</summary>
    LocalSource? Find(string name);
}
