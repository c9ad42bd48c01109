using ComposePipCache.Python.Requirements;
using ComposePipCache.Python.Wheels;

namespace ComposePipCache.Python.Index;

/// <summary>
/// Goes from the requirements of a scope as far as the knowledge at hand leads. It goes in rounds: all choices of one
/// round are made before their requirements count, so the result depends on what is known and not on what came first.
/// </summary>
/// <remarks>A demand is never taken back when another choice is made later; that bounds the rounds.</remarks>
internal sealed class ReadAheadDerivation(ReadAheadContext context, ReadAheadKnowledge knowledge)
{
    private const int RoundLimit = 100;

    private readonly Dictionary<string, GrowingDemand> _demands = [];
    private readonly HashSet<(Uri File, int Extras, int CertainExtras, bool IsCertain)> _read = [];
    private readonly SortedDictionary<string, IndexFile> _chosen = new(StringComparer.Ordinal);
    private readonly List<(Requirement Requirement, bool IsCertain)> _found = [];
    private readonly HashSet<string> _uncertain = [];

    public List<PageRequest> Pages { get; } = [];

    public List<IndexFile> Metadata { get; } = [];

    public List<IndexFile> Files { get; } = [];

    /// <summary>True when something is not known yet that may be known later.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>What was chosen in the end, by project.</summary>
    public IReadOnlyDictionary<string, IndexFile> Chosen => _chosen;

    /// <summary>True when each project that is wanted is wanted by one release alone, and has a wheel of it.</summary>
    public bool IsCertain => _uncertain.Count == 0;

    /// <summary>What is asked of a project whatever is chosen for others; null where that leaves several releases.</summary>
    public ProjectDemand? PinOf(string project) =>
        _demands.GetValueOrDefault(project) is { IsCertain: true, Certain: { } certain } && IsPinned(certain) ? certain : null;

    public void Run(ReadAheadScope scope)
    {
        foreach (var line in scope.Constraints.Where(line => knowledge.Counts(line.Requirement!, [])))
        {
            DemandOf(line.Requirement!).Constrain(line);
        }

        foreach (var line in scope.Requirements.Where(line => knowledge.Counts(line.Requirement!, [])))
        {
            DemandOf(line.Requirement!).AddHashes(line);
            _found.Add((line.Requirement!, true));
        }

        for (var round = 0; round < RoundLimit && _found.Count > 0; round++)
        {
            var changed = new HashSet<string>();
            foreach (var (requirement, isCertain) in _found)
            {
                if (DemandOf(requirement).Require(requirement, isCertain))
                {
                    changed.Add(requirement.Name);
                }
            }

            _found.Clear();
            foreach (var project in changed.Order(StringComparer.Ordinal))
            {
                Choose(project, _demands[project]);
            }
        }
    }

    private void Choose(string project, GrowingDemand demand)
    {
        var missing = knowledge.PagesOf(project).Where(page => !knowledge.IsKnown(page)).ToArray();
        Pages.AddRange(missing);
        if (missing.Length > 0 || demand.All is not { } all || knowledge.Choose(all) is not { } file)
        {
            _chosen.Remove(project);
            _uncertain.Add(project);
            IsWaiting |= missing.Length > 0;
            return;
        }

        _chosen[project] = file;
        var isCertain = demand.IsCertain && IsOnly(demand, file);
        if (isCertain)
        {
            Files.Add(file);
        }

        // what an sdist is built with is not known
        _ = isCertain && FileKinds.Of(file.FileName) == FileKind.Wheel ? _uncertain.Remove(project) : _uncertain.Add(project);
        // extras only grow: with as many of them, the file says what it said before
        if (!context.IsNoDeps && _read.Add((file.Url, demand.Extras.Count, demand.CertainExtras.Count, isCertain)))
        {
            Follow(demand, file, isCertain);
        }
    }

    private void Follow(GrowingDemand demand, IndexFile file, bool isCertain)
    {
        if (knowledge.RequirementsOf(file, demand.Extras) is { } requirements)
        {
            var certain = isCertain ? knowledge.RequirementsOf(file, demand.CertainExtras)! : [];
            _found.AddRange(requirements.Select(requirement => (requirement, certain.Contains(requirement))));
        }
        else
        {
            (file.HasMetadata ? Metadata : Files).Add(file);
            // of an sdist nothing more can be learned without building it
            IsWaiting |= FileKinds.Of(file.FileName) == FileKind.Wheel;
        }
    }

    // whatever else is asked for can only forbid it, not put another one in its place
    private bool IsOnly(GrowingDemand demand, IndexFile file) =>
        demand.Certain is { } certain && IsPinned(certain) && knowledge.Choose(certain) == file;

    private static bool IsPinned(ProjectDemand demand) => demand.Specifier.IsPin || demand.HasHashes;

    private GrowingDemand DemandOf(Requirement requirement)
    {
        if (!_demands.TryGetValue(requirement.Name, out var demand))
        {
            demand = new GrowingDemand(requirement.Name, knowledge);
            _demands.Add(requirement.Name, demand);
        }

        return demand;
    }
}
