namespace ComposePipCache.Python.Logs;

/// <summary>Texts in the order of their first appearance.</summary>
internal sealed class OrderedSet
{
    private readonly HashSet<string> _known = [];
    private readonly List<string> _items = [];

    public IReadOnlyList<string> Items => _items;

    public void Add(string item)
    {
        if (_known.Add(item))
        {
            _items.Add(item);
        }
    }

    public void AddAll(IEnumerable<string> items)
    {
        foreach (var item in items)
        {
            Add(item);
        }
    }
}
