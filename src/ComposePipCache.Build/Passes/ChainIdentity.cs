using System.Text;
using ComposePipCache.BuildKit.Llb;
using ComposePipCache.Protocol.Llb;

namespace ComposePipCache.Build.Passes;

/// <summary>Names each op by what it is made from, the same in every build of one project.</summary>
/// <remarks>
/// An op's own digest changes with each session, because a local source carries the session's id. Here a local source
/// is its directory on the host, so two projects with the same Dockerfile get different names.
/// </remarks>
internal sealed class ChainIdentity
{
    private const string LocalScheme = "local://";

    private readonly Dictionary<string, string> _identities = new(StringComparer.Ordinal);

    /// <summary>Names all ops of a graph.</summary>
    /// <param name="graph">The graph as the frontend gave it.</param>
    /// <param name="directories">Host directory by name of local source.</param>
    public ChainIdentity(LlbGraph graph, IReadOnlyDictionary<string, string> directories)
    {
        foreach (var vertex in graph.Vertices)
        {
            _identities[vertex.Digest] = vertex.Op.OpCase == Op.OpOneofCase.Source
                ? Digest.Of(Encoding.UTF8.GetBytes(Source(vertex.Op.Source, directories)))
                : Digest.Of(OpBytes.WithInputs(vertex.Bytes, vertex.Op.Inputs.Select(Rename)).Span);
        }
    }

    /// <summary>The name of an op of this graph.</summary>
    public string Of(Vertex vertex) => _identities[vertex.Digest];

    private static string Source(SourceOp source, IReadOnlyDictionary<string, string> directories)
    {
        var text = new StringBuilder(source.Identifier);
        if (source.Identifier.StartsWith(LocalScheme, StringComparison.Ordinal))
        {
            text.Append('\n').Append(directories.GetValueOrDefault(source.Identifier[LocalScheme.Length..]));
        }

        foreach (var (key, value) in source.Attrs.OrderBy(attribute => attribute.Key, StringComparer.Ordinal))
        {
            // buildkit solver/pb/attr.go: what differs from session to session.
            if (key is not ("local.session" or "local.unique" or "local.sharedkeyhint"))
            {
                text.Append('\n').Append(key).Append('=').Append(value);
            }
        }

        return text.ToString();
    }

    private Input Rename(Input input) => new(input) { Digest = _identities[input.Digest] };
}
