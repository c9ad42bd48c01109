using ComposePipCache.TestIndex.Http;

namespace ComposePipCache.TestIndex.Catalog;

/// <summary>A file on the disk; its metadata is read from inside it on demand.</summary>
internal sealed record ScannedContent(string Path) : IContent
{
    public Body OpenFile() => new FileBody(Path, new FileInfo(Path).Length);

    public Body OpenMetadata() => new MemoryBody(MetadataReader.Read(Path) ?? []);
}
