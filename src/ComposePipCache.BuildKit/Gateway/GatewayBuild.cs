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
        var answer = RunFrontendAsync(gateway, frontend, lifetime.Token);
        var first = await Task.WhenAny(solve.ResponseAsync, answer);
        if (first != answer && !solve.ResponseAsync.IsCompletedSuccessfully)
        {
            // The build is over before the frontend is: no session, no such ref, or the connection broke.
            await lifetime.CancelAsync();
            await IgnoreFailureAsync(answer);
            await GrpcCalls.UnwrapAsync(solve.ResponseAsync, cancellationToken);
        }

        try
        {
            await answer;
        }
        catch (Exception)
        {
            await EndAsync(solve, lifetime);
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }

        var response = await GrpcCalls.UnwrapAsync(solve.ResponseAsync, cancellationToken);
        return response.ExporterResponse;
    }

    private static async Task RunFrontendAsync(
        GatewayClient gateway,
        Func<GatewayClient, CancellationToken, Task<Result>> frontend,
        CancellationToken cancellationToken)
    {
        Result result;
        try
        {
            result = await frontend(gateway, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            await ReturnErrorAsync(gateway, e, cancellationToken);
            throw;
        }

        await gateway.ReturnAsync(new ReturnRequest { Result = result }, cancellationToken);
    }

    private static async Task ReturnErrorAsync(
        GatewayClient gateway,
        Exception failure,
        CancellationToken cancellationToken)
    {
        var status = (failure as SolveException)?.Details.Status
            ?? new RpcStatus { Code = (int)StatusCode.Unknown, Message = failure.Message };
        await IgnoreFailureAsync(gateway.ReturnAsync(new ReturnRequest { Error = status }, cancellationToken));
    }

    /// <summary>The frontend's own error is the one to report: the solve's answer is only waited for.</summary>
    private static async Task EndAsync(AsyncUnaryCall<SolveResponse> solve, CancellationTokenSource lifetime)
    {
        lifetime.CancelAfter(TimeSpan.FromSeconds(5));
        await IgnoreFailureAsync(solve.ResponseAsync);
    }

    private static async Task IgnoreFailureAsync(Task task)
    {
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
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
