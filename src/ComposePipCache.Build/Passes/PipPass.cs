using ComposePipCache.BuildKit.Llb;
using ComposePipCache.Protocol.Llb;

namespace ComposePipCache.Build.Passes;

/// <summary>Gives each pip step its mounts and switches. A graph without one comes back as it is.</summary>
internal sealed class PipPass
{
    private readonly LlbGraph _graph;
    private readonly PipPassOptions _options;
    private readonly ChainIdentity _identity;
    private readonly PipStepReader _reader;
    private readonly Dictionary<string, PipStep> _steps = new(StringComparer.Ordinal);

    private PipPass(LlbGraph graph, PipPassOptions options)
    {
        _graph = graph;
        _options = options;
        _identity = new ChainIdentity(graph, options.Directories);
        _reader = new PipStepReader(graph);
    }

    /// <summary>Rewrites a graph.</summary>
    public static PipPlan Apply(LlbGraph graph, PipPassOptions options)
    {
        if (!graph.Vertices.Any(vertex => vertex.Op.OpCase == Op.OpOneofCase.Exec))
        {
            return new PipPlan(graph, [], []);
        }

        return new PipPass(graph, options).Run();
    }

    private PipPlan Run()
    {
        var left = new List<LeftAlone>();
        var rewritten = _graph.Rewrite(vertex => Change(vertex, left));
        // Inputs get new names on the way, so the ops are looked up by what identifies a step.
        var steps = rewritten.Vertices
            .Where(vertex => vertex.Op.OpCase == Op.OpOneofCase.Exec)
            .Select(vertex => (Vertex: vertex, Step: Find(vertex)))
            .Where(found => found.Step is not null)
            .Select(found => found.Step! with { Vertex = found.Vertex })
            .ToList();
        return new PipPlan(rewritten, steps, left);
    }

    private VertexChange? Change(Vertex vertex, List<LeftAlone> left)
    {
        if (_reader.Read(vertex) is not { } analysis)
        {
            return null;
        }

        if (PipStepReader.IsServed(vertex.Op.Exec))
        {
            Keep(PipStepReader.Resume(vertex, analysis));
            return null;
        }

        var view = InjectedMounts.Name(_identity.Of(vertex));
        if (PipStepReader.LeaveAlone(vertex, analysis) is { } alone)
        {
            left.Add(alone);
            return null;
        }

        if (_options.NotServed.Contains(view))
        {
            // The user was told when it failed.
            return null;
        }

        var isIgnored = vertex.Metadata?.IgnoreCache == true;
        var mustRun = isIgnored || _options.MustRunAgain(view);
        var step = CreateStep(vertex, analysis, view, mustRun);
        Keep(step);
        return new VertexChange(
            StepInjection.Apply(step, _reader, _options.CanShareReadOnly),
            Metadata: mustRun && !isIgnored ? WithoutCache(vertex) : null);
    }

    private PipStep CreateStep(Vertex vertex, Python.Commands.StepAnalysis analysis, string view, bool mustRun)
    {
        return new PipStep
        {
            Vertex = vertex,
            Analysis = analysis,
            Scope = _options.Scope,
            View = view,
            IsCacheTaken = _reader.IsCacheFolderTaken(vertex),
            SwitchPrefix = SwitchId.Prefix(_options.Scope, StepInjection.TextName(vertex.Op.Exec.Meta)),
            // Loading a definition prunes the mounts of an op whose cache is to be ignored: it gets its own.
            Ids = InjectedMounts.Ids(mustRun ? _options.BuildName : null),
        };
    }

    private static OpMetadata WithoutCache(Vertex vertex)
    {
        var metadata = vertex.Metadata?.Clone() ?? new OpMetadata();
        metadata.IgnoreCache = true;
        return metadata;
    }

    private void Keep(PipStep step) => _steps.TryAdd(Key(step.SwitchPrefix, step.View), step);

    private PipStep? Find(Vertex vertex)
    {
        var exec = vertex.Op.Exec;
        return PipStepReader.IsServed(exec)
            ? _steps.GetValueOrDefault(Key(PipStepReader.PrefixOf(exec), PipStepReader.ViewOf(exec)))
            : null;
    }

    private static string Key(string prefix, string view) => $"{prefix}\n{view}";
}
