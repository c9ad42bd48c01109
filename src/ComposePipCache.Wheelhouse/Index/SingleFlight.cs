using System.Collections.Concurrent;

namespace ComposePipCache.Wheelhouse.Index;

/// <summary>Does a piece of work once for all who ask for it while it is being done.</summary>
/// <remarks>Who asks first lends its lifetime; when that ends too early, the next one does the work again.</remarks>
public sealed class SingleFlight<T>
{
    private readonly ConcurrentDictionary<string, Task<T>> _flights = new(StringComparer.Ordinal);

    /// <param name="key">What makes two pieces of work one.</param>
    /// <param name="work">Given <paramref name="lifetime"/>.</param>
    /// <param name="lifetime">Ends the work itself, whoever waits for it.</param>
    /// <param name="cancellationToken">Ends this caller's waiting alone.</param>
    public async Task<T> RunAsync(
        string key,
        Func<CancellationToken, Task<T>> work,
        CancellationToken lifetime,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            var own = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
            var flight = _flights.GetOrAdd(key, own.Task);
            if (flight == own.Task)
            {
                _ = FlyAsync(key, work, own, lifetime);
            }

            try
            {
                return await flight.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (
                flight != own.Task && flight.IsCanceled && !cancellationToken.IsCancellationRequested)
            {
                // Whoever asked first has gone.
            }
        }
    }

    /// <summary>Waits until nothing is being done, whatever came of it.</summary>
    public async Task SettleAsync()
    {
        foreach (var flight in _flights.Values)
        {
            await flight.ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private async Task FlyAsync(
        string key, Func<CancellationToken, Task<T>> work, TaskCompletionSource<T> flight, CancellationToken lifetime)
    {
        try
        {
            var result = await work(lifetime);
            _flights.TryRemove(key, out _);
            flight.SetResult(result);
        }
        catch (OperationCanceledException error)
        {
            _flights.TryRemove(key, out _);
            flight.SetCanceled(error.CancellationToken);
        }
#pragma warning disable CA1031 // whoever waits gets it
        catch (Exception error)
#pragma warning restore CA1031
        {
            _flights.TryRemove(key, out _);
            flight.SetException(error);
            _ = flight.Task.Exception;
        }
    }
}
