using ComposePipCache.BuildKit.Connection;
using ComposePipCache.BuildKit.Errors;
using ComposePipCache.Protocol.Fsutil;
using ComposePipCache.Protocol.Gateways;
using Grpc.Core;

namespace ComposePipCache.BuildKit.Gateway;

/// <summary>What a frontend may ask of the daemon, within one running build.</summary>
public sealed class GatewayClient
{
    private readonly BuildKitConnection _connection;
    private readonly Metadata _build;

    internal GatewayClient(BuildKitConnection connection, string buildRef)
    {
        _connection = connection;
        // buildkit client/buildid: the bridge finds the build by this key.
        _build = new Metadata { { "buildkit-controlapi-buildid", buildRef } };
    }

    /// <summary>Capabilities and workers; also proof that the build has begun.</summary>
    public Task<PongResponse> PingAsync(CancellationToken cancellationToken) =>
        _connection.AskAsync(
            "Ping", options => _connection.Bridge.PingAsync(new PingRequest(), options), _build, cancellationToken);

    /// <summary>Runs a frontend or a definition. Lazy unless <see cref="SolveRequest.Evaluate"/> is set.</summary>
    public async Task<Result> SolveAsync(SolveRequest request, CancellationToken cancellationToken)
    {
        request.AllowResultReturn = true;
        request.AllowResultArrayRef = true;
        var response = await AnswerAsync(
            _connection.Bridge.SolveAsync(request, Options(cancellationToken)), cancellationToken);
        return response.Result ?? new Result { Ref = new Ref { Id = response.Ref } };
    }

    /// <summary>Executes what a lazy ref stands for.</summary>
    public Task EvaluateAsync(string refId, CancellationToken cancellationToken) =>
        AnswerAsync(
            _connection.Bridge.EvaluateAsync(new EvaluateRequest { Ref = refId }, Options(cancellationToken)),
            cancellationToken);

    /// <summary>Reads a file of a ref, or a part of it; evaluates the ref.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadFileAsync(
        string refId,
        string path,
        FileRange? range,
        CancellationToken cancellationToken)
    {
        var request = new ReadFileRequest { Ref = refId, FilePath = path, Range = range };
        var response = await AnswerAsync(
            _connection.Bridge.ReadFileAsync(request, Options(cancellationToken)), cancellationToken);
        return response.Data.Memory;
    }

    /// <summary>Lists a directory of a ref; evaluates the ref.</summary>
    public async Task<IReadOnlyList<Stat>> ReadDirectoryAsync(
        string refId,
        string path,
        string includePattern,
        CancellationToken cancellationToken)
    {
        var request = new ReadDirRequest { Ref = refId, DirPath = path, IncludePattern = includePattern };
        var response = await AnswerAsync(
            _connection.Bridge.ReadDirAsync(request, Options(cancellationToken)), cancellationToken);
        return response.Entries;
    }

    /// <summary>Describes one file of a ref; evaluates the ref.</summary>
    public async Task<Stat> StatFileAsync(string refId, string path, CancellationToken cancellationToken)
    {
        var request = new StatFileRequest { Ref = refId, Path = path };
        var response = await AnswerAsync(
            _connection.Bridge.StatFileAsync(request, Options(cancellationToken)), cancellationToken);
        return response.Stat;
    }

    /// <summary>Looks a source up without fetching it: an image's digest and configuration.</summary>
    public Task<ResolveSourceMetaResponse> ResolveSourceAsync(
        ResolveSourceMetaRequest request,
        CancellationToken cancellationToken) =>
        AnswerAsync(_connection.Bridge.ResolveSourceMetaAsync(request, Options(cancellationToken)), cancellationToken);

    /// <summary>Shows a warning at a vertex in every progress display.</summary>
    public Task WarnAsync(WarnRequest request, CancellationToken cancellationToken) =>
        AnswerAsync(_connection.Bridge.WarnAsync(request, Options(cancellationToken)), cancellationToken);

    /// <summary>Makes a container on refs of this build; dispose it to free the cache mounts it holds.</summary>
    public async Task<GatewayContainer> CreateContainerAsync(
        NewContainerRequest request,
        CancellationToken cancellationToken)
    {
        await AnswerAsync(_connection.Bridge.NewContainerAsync(request, Options(cancellationToken)), cancellationToken);
        return new GatewayContainer(this, _connection, request.ContainerID);
    }

    internal Task ReturnAsync(ReturnRequest request, CancellationToken cancellationToken) =>
        _connection.AskAsync(
            "Return", options => _connection.Bridge.ReturnAsync(request, options), _build, cancellationToken);

    internal Task ReleaseAsync(ReleaseContainerRequest request, CancellationToken cancellationToken) =>
        _connection.AskAsync(
            "ReleaseContainer",
            options => _connection.Bridge.ReleaseContainerAsync(request, options),
            _build,
            cancellationToken);

    internal CallOptions Options(CancellationToken cancellationToken) =>
        new(headers: _build, cancellationToken: cancellationToken);

    private static async Task<T> AnswerAsync<T>(AsyncUnaryCall<T> call, CancellationToken cancellationToken)
    {
        using (call)
        {
            return await GrpcCalls.UnwrapAsync(call.ResponseAsync, cancellationToken);
        }
    }
}
