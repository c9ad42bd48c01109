namespace ComposePipCache.Build.Fallback;

/// <summary>Keeps a step from being tried again while another solve still holds its failure.</summary>
/// <remarks>The daemon merges equal steps of concurrent solves and replays a failure as long as one of them is open.</remarks>
internal sealed class StepGate
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _holders = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Marks steps as part of an open solve.</summary>
    public void Enter(IEnumerable<string> steps) => Count(steps, 1);

    /// <summary>The solve is closed.</summary>
    public void Leave(IEnumerable<string> steps) => Count(steps, -1);

    /// <summary>Waits until no solve holds any of these steps.</summary>
    public async Task WaitAsync(IReadOnlyCollection<string> steps, CancellationToken cancellationToken)
    {
        while (IsBusy(steps, out var changed))
        {
            await changed.Task.WaitAsync(cancellationToken);
        }
    }

    private bool IsBusy(IReadOnlyCollection<string> steps, out TaskCompletionSource changed)
    {
        lock (_lock)
        {
            changed = _changed;
            return steps.Any(step => _holders.GetValueOrDefault(step) > 0);
        }
    }

    private void Count(IEnumerable<string> steps, int change)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            foreach (var step in steps)
            {
                _holders[step] = _holders.GetValueOrDefault(step) + change;
            }

            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }
}
