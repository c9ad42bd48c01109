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

    /// <summary>Prepares a step, again where the index is away, and takes back what says that it is running.</summary>
    /// <param name="services">Keeps what is got.</param>
    /// <param name="target">Whose step it is.</param>
    /// <param name="step">The step.</param>
    /// <param name="prepareAsync">Prepares it as it comes, or from the index.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PipCacheException">The index stayed away.</exception>
    public static async Task PrepareAsync(
        PipServices services,
        string target,
        PipStep step,
        Func<StepMode?, Task<PreparedStep>> prepareAsync,
        CancellationToken cancellationToken)
    {
        var earlier = services.Layers.Find(step.View).Record;
        for (var failures = 0; await TryAsync(services, target, step, prepareAsync, failures) is { } reason; failures++)
        {
            if (failures >= services.Settings.Retries)
            {
                throw new PipCacheException(Unreachable(step, reason));
            }

            // 1, 4 and 16 s, as steps that run are tried again.
            var delay = TimeSpan.FromSeconds(1 << (2 * Math.Min(failures, 2)));
            await services.Announcer.SayAsync(
                target, $"index unreachable ({reason}) → again in {delay.TotalSeconds} s, what came is kept");
            await Task.Delay(delay, services.Clock, cancellationToken);
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

    /// <summary>Why the index could not be reached; null when it is of no use to ask it again.</summary>
    private static async Task<string?> TryAsync(
        PipServices services,
        string target,
        PipStep step,
        Func<StepMode?, Task<PreparedStep>> prepareAsync,
        int failures)
    {
        try
        {
            var prepared = await prepareAsync(failures == 0 ? null : StepMode.Online);
            if (prepared is { IsLockComplete: false, Mode: StepMode.Offline, OwnCount: 0 })
            {
                return "no answer";
            }

            if (!prepared.IsLockComplete)
            {
                await services.Announcer.SayAsync(
                    target, $"what {step.Vertex.Name} needs is not known before it runs: only a build gets it");
            }

            return null;
        }
        catch (IndexUnreachableException away)
        {
            return away.Reason;
        }
    }

    private static ErrorText Unreachable(PipStep step, string reason) => new(
        "index-unreachable",
        $"cannot get the packages of {step.Vertex.Name}",
        $"the index cannot be reached: {reason}",
        "run it again when there is a network; what was got is kept");
}
