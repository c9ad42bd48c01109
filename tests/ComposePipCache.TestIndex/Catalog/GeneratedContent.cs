using ComposePipCache.TestIndex.Http;

namespace ComposePipCache.TestIndex.Catalog;

/// <summary>A wheel that is built again for each request instead of being kept.</summary>
internal sealed record GeneratedContent(TinyWheel Wheel) : IContent
{
    public Body OpenFile() => new MemoryBody(Wheel.Build());

    public Body OpenMetadata() => new MemoryBody(Wheel.Metadata());
}
