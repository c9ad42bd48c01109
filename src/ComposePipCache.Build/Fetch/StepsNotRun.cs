using ComposePipCache.Build.Doorbell;
using ComposePipCache.Build.Passes;

namespace ComposePipCache.Build.Fetch;

/// <summary>Steps that are made ready for a build to come.</summary>
internal static class StepsNotRun
{
    /// <summary>The steps that another step of the plan stands on.</summary>
    public static IReadOnlyList<PipStep> Inner(PipPlan plan)
    {
        var steps = plan.Steps.Select(step => step.Vertex.Digest).ToHashSet(StringComparer.Ordinal);
        var needed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var vertex in plan.Graph.Vertices.Reverse())
        {
            // Inputs stand before what needs them, so all that need this one were seen.
            if (needed.Contains(vertex.Digest) || steps.Contains(vertex.Digest))
            {
                needed.UnionWith(vertex.Op.Inputs.Select(input => input.Digest));
            }
        }

        return [.. plan.Steps.Where(step => needed.Contains(step.Vertex.Digest))];
    }

    /// <summary>Prepares a step, and takes back what says that it is running.</summary>
    public static async Task PrepareAsync(
        PipServices services, PipStep step, Func<Task<PreparedStep>> prepareAsync, CancellationToken cancellationToken)
    {
        var earlier = services.Layers.Find(step.View).Record;
        try
        {
            await prepareAsync();
        }
        catch (IndexUnreachableException away)
        {
            throw new PipCacheException(Unreachable(step, away), away);
        }

        if (earlier is not null)
        {
            await services.Layers.WriteAsync(earlier, cancellationToken);
        }
        else
        {
            services.Layers.Remove(step.View);
        }
    }

    private static ErrorText Unreachable(PipStep step, IndexUnreachableException away) => new(
        "index-unreachable",
        $"the packages of {step.Vertex.Name} could not be got",
        $"the index cannot be reached: {away.Reason}",
        "run it again when there is a network; what was got is kept");
}
