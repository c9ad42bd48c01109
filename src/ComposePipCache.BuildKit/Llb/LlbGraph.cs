using ComposePipCache.Protocol.Llb;
using Google.Protobuf;

namespace ComposePipCache.BuildKit.Llb;

/// <summary>A build graph as a value: read it, walk it, rewrite it into another one.</summary>
/// <remarks>The last entry of a definition is an op without body whose one input is the head; it is kept apart here.</remarks>
public sealed class LlbGraph
{
    private readonly Definition _definition;
    private readonly Dictionary<string, Vertex> _byDigest;

    private LlbGraph(Definition definition, IReadOnlyList<Vertex> vertices, Vertex terminal)
    {
        _definition = definition;
        Vertices = vertices;
        Terminal = terminal;
        _byDigest = vertices.ToDictionary(vertex => vertex.Digest, StringComparer.Ordinal);
    }

    /// <summary>All ops in dependency order, inputs first, the terminal one left out.</summary>
    public IReadOnlyList<Vertex> Vertices { get; }

    /// <summary>The op the graph stands for; null for an empty graph (FROM scratch).</summary>
    public Vertex? Head => Terminal.Op.Inputs is [var head, ..] ? _byDigest.GetValueOrDefault(head.Digest) : null;

    private Vertex Terminal { get; }

    /// <summary>Decodes a definition. An empty one gives an empty graph.</summary>
    /// <exception cref="InvalidLlbException">An input names an op that is not there, or bytes are not an op.</exception>
    public static LlbGraph Decode(Definition definition)
    {
        try
        {
            var all = definition.Def
                .Select(bytes => new Vertex(bytes, definition.Metadata.GetValueOrDefault(Digest.Of(bytes.Span))))
                .ToList();
            var terminal = all.Count > 0 ? all[^1] : new Vertex(ByteString.Empty, metadata: null);
            var graph = new LlbGraph(definition, all.Count > 0 ? all[..^1] : [], terminal);
            graph.CheckInputs();
            return graph;
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidLlbException("the daemon's build graph has an entry that is not an op", e);
        }
    }

    /// <summary>Finds an op by its name.</summary>
    public Vertex? Find(string digest) => _byDigest.GetValueOrDefault(digest);

    /// <summary>The Dockerfile lines an op comes from.</summary>
    public IEnumerable<(SourceInfo Source, Protocol.Llb.Range Range)> LocationsOf(Vertex vertex)
    {
        if (_definition.Source is not { } source || !source.Locations.TryGetValue(vertex.Digest, out var locations))
        {
            yield break;
        }

        foreach (var location in locations.Locations_)
        {
            foreach (var range in location.Ranges)
            {
                yield return (source.Infos[location.SourceIndex], range);
            }
        }
    }

    /// <summary>Back to the wire; an unchanged graph gives the very definition it came from.</summary>
    public Definition Encode() => _definition;

    /// <summary>A definition of its own for one output: what must be solved to have it, and nothing else.</summary>
    /// <remarks>
    /// No op in it is told to ignore the cache: loading such an op prunes its cache mounts, and within one build the
    /// daemon takes what the op gave when it ran (buildkit solver/jobs.go, load).
    /// </remarks>
    /// <param name="output">The op and the number of its output, as an op's inputs name them.</param>
    public Definition EncodeOutput(Input output)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal) { output.Digest };
        foreach (var vertex in Vertices.Reverse().Where(vertex => needed.Contains(vertex.Digest)))
        {
            needed.UnionWith(vertex.Op.Inputs.Select(input => input.Digest));
        }

        var definition = new Definition { Source = _definition.Source };
        foreach (var vertex in Vertices.Where(vertex => needed.Contains(vertex.Digest)))
        {
            definition.Def.Add(vertex.Bytes);
            if (vertex.Metadata is not null)
            {
                definition.Metadata[vertex.Digest] = vertex.Metadata.IgnoreCache
                    ? new OpMetadata(vertex.Metadata) { IgnoreCache = false }
                    : vertex.Metadata;
            }
        }

        definition.Def.Add(new Op { Inputs = { output } }.ToByteString());
        return definition;
    }

    /// <summary>Offers each exec op to <paramref name="change"/> and patches everything that depends on a changed one.</summary>
    /// <returns>This very graph when nothing changed.</returns>
    public LlbGraph Rewrite(Func<Vertex, VertexChange?> change)
    {
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        var rewritten = new List<Vertex>(Vertices.Count);
        foreach (var vertex in Vertices)
        {
            var wanted = vertex.Op.OpCase == Op.OpOneofCase.Exec ? change(vertex) : null;
            var next = Apply(vertex, wanted, renamed);
            if (next.Digest != vertex.Digest)
            {
                renamed.Add(vertex.Digest, next.Digest);
            }

            rewritten.Add(next);
        }

        var isUnchanged = rewritten.Zip(Vertices).All(pair => ReferenceEquals(pair.First, pair.Second));
        return isUnchanged ? this : Rebuild(rewritten, Apply(Terminal, wanted: null, renamed), renamed);
    }

    private static Vertex Apply(Vertex vertex, VertexChange? wanted, Dictionary<string, string> renamed)
    {
        var inputs = wanted?.Inputs ?? vertex.Op.Inputs;
        var isInputRenamed = inputs.Any(input => renamed.ContainsKey(input.Digest));
        if (wanted is null && !isInputRenamed)
        {
            return vertex;
        }

        var patched = inputs.Select(input => new Input(input)
        {
            Digest = renamed.GetValueOrDefault(input.Digest, input.Digest),
        });
        var bytes = wanted is null
            ? OpBytes.WithInputs(vertex.Bytes, patched)
            : OpBytes.With(vertex.Bytes, patched, wanted.Exec);
        return new Vertex(bytes, wanted?.Metadata ?? vertex.Metadata);
    }

    private LlbGraph Rebuild(List<Vertex> vertices, Vertex terminal, Dictionary<string, string> renamed)
    {
        var definition = new Definition { Source = _definition.Source?.Clone() };
        foreach (var vertex in vertices.Append(terminal))
        {
            definition.Def.Add(vertex.Bytes);
            if (vertex.Metadata is not null)
            {
                definition.Metadata[vertex.Digest] = vertex.Metadata;
            }
        }

        foreach (var (before, after) in renamed)
        {
            if (definition.Source is { } source && source.Locations.Remove(before, out var locations))
            {
                source.Locations[after] = locations;
            }
        }

        return new LlbGraph(definition, vertices, terminal);
    }

    private void CheckInputs()
    {
        foreach (var input in Vertices.Append(Terminal).SelectMany(vertex => vertex.Op.Inputs))
        {
            if (!_byDigest.ContainsKey(input.Digest))
            {
                throw new InvalidLlbException($"the daemon's build graph refers to {input.Digest}, which is not in it");
            }
        }
    }
}
