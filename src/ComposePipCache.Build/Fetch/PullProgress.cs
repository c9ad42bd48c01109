using System.Security.Cryptography;
using System.Threading.Channels;
using ComposePipCache.Build.Engine;
using ComposePipCache.Build.Fallback;
using ComposePipCache.Protocol.Controls;
using Google.Protobuf.WellKnownTypes;
using BuildKitDigest = ComposePipCache.BuildKit.Llb.Digest;

namespace ComposePipCache.Build.Fetch;

/// <summary>Shows a pull among the steps of a build, layer by layer, and counts its bytes.</summary>
internal sealed class PullProgress(string image, TargetProgress progress, TimeProvider clock)
{
    private readonly Dictionary<string, long> _layers = new(StringComparer.Ordinal);
    private readonly Channel<ImagePullStep> _steps = Channel.CreateUnbounded<ImagePullStep>();
    private readonly Vertex _vertex = new()
    {
        Digest = BuildKitDigest.Of(RandomNumberGenerator.GetBytes(32)),
        Name = $"[internal] pull {image} into the engine's store",
    };

    /// <summary>What the engine downloaded, over all attempts; a layer that it had is nothing.</summary>
    public long Bytes => _layers.Values.Sum();

    private Timestamp Now => Timestamp.FromDateTimeOffset(clock.GetUtcNow());

    /// <summary>Takes note of a step; it is shown as soon as there is time.</summary>
    public void Add(ImagePullStep step) => _steps.Writer.TryWrite(step);

    /// <summary>Shows the pull until it is over, and its failure where it has one.</summary>
    public async Task ShowAsync(Func<Task<string?>> pull)
    {
        _vertex.Started = Now;
        await WriteAsync(new StatusResponse { Vertexes = { _vertex.Clone() } });
        var showing = ShowStepsAsync();
        string? failure;
        try
        {
            failure = await pull();
        }
        finally
        {
            _steps.Writer.Complete();
            await showing;
        }

        _vertex.Completed = Now;
        _vertex.Error = failure ?? "";
        await WriteAsync(new StatusResponse { Vertexes = { _vertex.Clone() } });
    }

    private async Task ShowStepsAsync()
    {
        await foreach (var step in _steps.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (step is not { Layer.Length: > 0, Status: "Downloading", Current: { } current })
            {
                continue;
            }

            _layers[step.Layer] = Math.Max(current, _layers.GetValueOrDefault(step.Layer));
            await WriteAsync(new StatusResponse
            {
                Statuses =
                {
                    new VertexStatus
                    {
                        ID = step.Layer,
                        Vertex = _vertex.Digest,
                        Name = "downloading",
                        Current = current,
                        Total = step.Total ?? 0,
                        Timestamp = Now,
                        Started = _vertex.Started,
                        Completed = current == step.Total ? Now : null,
                    },
                },
            });
        }
    }

    private Task WriteAsync(StatusResponse status) => progress.WriteAsync(status);
}
