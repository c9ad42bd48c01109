using ComposePipCache.BuildKit.Connection;
using ComposePipCache.BuildKit.Errors;
using ComposePipCache.Protocol.Controls;
using ComposePipCache.Protocol.Gateways;
using Grpc.Core;
using RpcStatus = ComposePipCache.Protocol.Rpc.Status;
using SolveRequest = ComposePipCache.Protocol.Controls.SolveRequest;
using SolveResponse = ComposePipCache.Protocol.Controls.SolveResponse;

namespace ComposePipCache.BuildKit.Gateway;

/// <summary>Runs a build whose frontend is the client itself.</summary>
/// <remarks>
/// An un-awaited Control.Solve without frontend opens the build; the gateway calls name it in their metadata; Return
/// hands the result over, and only then does Control.Solve export it and answer (buildkit client/build.go).
/// </remarks>
public sealed class GatewayBuild(BuildKitConnection connection)
{
    /// <summary>Runs <paramref name="frontend"/> inside the build and exports what it returns.</summary>
    /// <returns>What the exporter reported, such as <c>containerimage.digest</c>.</returns>
    /// <exception cref="SolveException">The build failed inside the daemon.</exception>
    /// <exception cref="BuildKitException">A call failed without details.</exception>
    public async Task<IReadOnlyDictionary<string, string>> RunAsync(
        BuildRequest request,
        Func<GatewayClient, CancellationToken, Task<Result>> frontend,
        CancellationToken cancellationToken)
    {
        using var lifetime = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var solve = connection.Control.SolveAsync(CreateSolve(request), cancellationToken: lifetime.Token);
        var gateway = new GatewayClient(connection, request.Ref);
        var work = RunFrontendAsync(gateway, frontend, lifetime.Token);
        try
        {
            if (await Task.WhenAny(work, solve.ResponseAsync) != work)
            {
                // No session, a ref in use, or the connection broke: the frontend only gets the echo of that.
                await GrpcCalls.UnwrapAsync(solve.ResponseAsync, cancellationToken);
                throw new BuildKitException(
                    "the engine ended the build before there was a result", StatusCode.Internal);
            }

            var response = await FinishAsync(gateway, work, solve.ResponseAsync, lifetime.Token);
            return response.ExporterResponse;
        }
        finally
        {
            await lifetime.CancelAsync();
            await SettleAsync(work);
            await SettleAsync(solve.ResponseAsync);
        }
    }

    /// <summary>Also turns what the frontend throws at once into a failed task.</summary>
    private static async Task<Result> RunFrontendAsync(
        GatewayClient gateway,
        Func<GatewayClient, CancellationToken, Task<Result>> frontend,
        CancellationToken cancellationToken) => await frontend(gateway, cancellationToken);

    private async Task<SolveResponse> FinishAsync(
        GatewayClient gateway,
        Task<Result> work,
        Task<SolveResponse> solve,
        CancellationToken cancellationToken)
    {
        Result result;
        try
        {
            result = await work;
        }
        catch (Exception e) when (e is not ConnectionLostException && !cancellationToken.IsCancellationRequested)
        {
            await EndAsync(gateway, e, solve, cancellationToken);
            throw;
        }

        var returning = gateway.ReturnAsync(new ReturnRequest { Result = result }, cancellationToken);
        await Task.WhenAny(returning, solve);
        if (returning.IsFaulted)
        {
            // A build that is over refuses results; it knows the reason, and is about to tell it.
            await SettleAsync(solve.WaitAsync(connection.Timeouts.Farewell, cancellationToken));
            await (solve.IsCompleted ? Task.CompletedTask : returning);
        }

        return await GrpcCalls.UnwrapAsync(solve, cancellationToken);
    }

    /// <summary>Tells the daemon of the frontend's failure.</summary>
    /// <exception cref="BuildKitException">
    /// The daemon had ended the build before, which is why the frontend failed.
    /// </exception>
    private async Task EndAsync(
        GatewayClient gateway,
        Exception failure,
        Task<SolveResponse> solve,
        CancellationToken cancellationToken)
    {
        var status = (failure as SolveException)?.Details.Status
            ?? new RpcStatus { Code = (int)StatusCode.Unknown, Message = failure.Message };
        var returning = gateway.ReturnAsync(new ReturnRequest { Error = status }, cancellationToken);
        await SettleAsync(returning);
        await SettleAsync(solve.WaitAsync(connection.Timeouts.Farewell, cancellationToken));
        if (returning.IsFaulted && IsVerdict(solve))
        {
            await GrpcCalls.UnwrapAsync(solve, cancellationToken);
        }
    }

    /// <summary>Whether the daemon itself said why the build is over.</summary>
    private static bool IsVerdict(Task solve) =>
        solve.Exception?.InnerException is RpcException failure
        && CallFailures.ToException(failure) is not ConnectionLostException;

    private static async Task SettleAsync(Task task)
    {
        const ConfigureAwaitOptions Context = ConfigureAwaitOptions.ContinueOnCapturedContext;
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | Context);
    }

    private static SolveRequest CreateSolve(BuildRequest request)
    {
        var solve = new SolveRequest
        {
            Ref = request.Ref,
            Session = request.SessionId,
            SourcePolicy = request.SourcePolicy,
            Cache = new CacheOptions { Imports = { request.CacheImports }, Exports = { request.CacheExports } },
            Entitlements = { request.Entitlements },
            FrontendAttrs = { request.FrontendAttributes.ToDictionary() },
        };
        if (request.Exporter is { } exporter)
        {
            solve.Exporters.Add(exporter);
            solve.ExporterDeprecated = exporter.Type;
            solve.ExporterAttrsDeprecated.Add(exporter.Attrs);
        }

        return solve;
    }
}
