namespace ComposePipCache.Build.Bake;

/// <summary>Which targets are built, and which of them serve others as build contexts.</summary>
public sealed class TargetLinks
{
    private const string Scheme = "target:";

    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _contexts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>Follows <c>target:</c> contexts from the requested names.</summary>
    /// <exception cref="PipCacheException">A context names a target that is not there, or a circle closes.</exception>
    public TargetLinks(BakeFile file, IEnumerable<string> requested)
    {
        var targets = new List<BakeTarget>();
        foreach (var name in requested)
        {
            Visit(file, name, "the command line", [], targets);
        }

        Targets = targets;
    }

    /// <summary>Everything to build; a target stands after those it uses.</summary>
    public IReadOnlyList<BakeTarget> Targets { get; }

    /// <summary>Context name to target name, for each context of this target that is another target.</summary>
    public IReadOnlyDictionary<string, string> ContextsOf(string target) => _contexts[target];

    /// <summary>Whether another target uses this one.</summary>
    public bool IsUsed(string target) => _used.Contains(target);

    private void Visit(BakeFile file, string name, string neededBy, List<string> path, List<BakeTarget> targets)
    {
        if (path.Contains(name))
        {
            throw BakeErrors.TargetCycle([.. path.SkipWhile(step => step != name), name]);
        }

        if (_contexts.ContainsKey(name))
        {
            return;
        }

        var target = file.Targets.GetValueOrDefault(name) ?? throw BakeErrors.UnknownTarget(name, neededBy);
        var contexts = target.Contexts
            .Where(context => context.Value.StartsWith(Scheme, StringComparison.Ordinal))
            .ToDictionary(context => context.Key, context => context.Value[Scheme.Length..]);
        foreach (var used in contexts.Values)
        {
            Visit(file, used, $"target {name}", [.. path, name], targets);
            _used.Add(used);
        }

        _contexts.Add(name, contexts);
        targets.Add(target);
    }
}
