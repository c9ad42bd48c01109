using ComposePipCache.TestIndex.Catalog;
using ComposePipCache.TestIndex.Counting;
using ComposePipCache.TestIndex.Faults;

namespace ComposePipCache.TestIndex.Network;

/// <summary>What all connections share.</summary>
internal sealed class IndexState(IndexOptions options)
{
    public IndexOptions Options => options;

    public PackageCatalog Catalog { get; set; } = new([], []);

    public RuleEngine Rules { get; } = new();

    public Ledger Ledger { get; } = new();

    public Link Link { get; } = new(options.Time);

    public Certificates Certificates { get; } = new(["localhost", "127.0.0.1", .. options.TlsNames], options.Time);

    public TlsMode TlsMode { get; set; }

    /// <summary>Called by a rule that makes the whole index go away.</summary>
    public Func<Task> GoAway { get; set; } = () => Task.CompletedTask;
}
