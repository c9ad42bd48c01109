using System.Security.Cryptography;
using BuildKitDigest = ComposePipCache.BuildKit.Llb.Digest;
using ComposePipCache.BuildKit.Progress;
using ComposePipCache.Protocol.Controls;
using Google.Protobuf.WellKnownTypes;

namespace ComposePipCache.Build.Fallback;

/// <summary>Tells the user what we did instead of what was asked for.</summary>
/// <remarks>
/// Compose drops what its builder writes during a build that succeeds, in a terminal even log lines. Vertex names stay
/// in every mode; where there is no progress at all, the command line prints what is in the file.
/// </remarks>
internal sealed class Announcer(SolveStatusWriter? progress, string? file, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Shows a line such as <c>[web pip] index unreachable → offline</c>.</summary>
    public async Task SayAsync(string target, string text)
    {
        var line = $"[{target} pip] {text}";
        if (progress is not null)
        {
            var now = Timestamp.FromDateTimeOffset(clock.GetUtcNow());
            var vertex = new Vertex
            {
                Digest = BuildKitDigest.Of(RandomNumberGenerator.GetBytes(32)),
                Name = line,
                Started = now,
                Completed = now,
            };
            await progress.WriteAsync(new StatusResponse { Vertexes = { vertex } }, prefix: null, CancellationToken.None);
        }
        else if (file is not null)
        {
            await _turn.WaitAsync(CancellationToken.None);
            try
            {
                await File.AppendAllTextAsync(file, line + "\n", CancellationToken.None);
            }
            finally
            {
                _turn.Release();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();
}
