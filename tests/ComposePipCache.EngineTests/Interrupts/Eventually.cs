using Shouldly;

namespace ComposePipCache.EngineTests.Interrupts;

/// <summary>Waits for what other processes do. The limit only ends a test that would hang.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Waits until the condition holds.</summary>
    public static async Task HoldsAsync(Func<bool> condition, Func<string> complaint)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!condition())
        {
            limit.IsCancellationRequested.ShouldBeFalse(complaint());
            await Task.Delay(Look, CancellationToken.None);
        }
    }

    /// <summary>Waits until there is something.</summary>
    public static async Task<T> FindsAsync<T>(Func<T?> find, Func<string> complaint)
        where T : struct
    {
        T? found = null;
        await HoldsAsync(() => (found = find()) is not null, complaint);
        return found!.Value;
    }
}
