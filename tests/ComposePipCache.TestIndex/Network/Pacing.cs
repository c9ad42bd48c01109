namespace ComposePipCache.TestIndex.Network;

/// <summary>When the next bytes may go: the gate, the link's rate and the rate of a rule.</summary>
internal sealed class Pacing(Link link, RateLimit? rule, TimeProvider time)
{
    private const int UnlimitedPiece = 64 * 1024;

    public int PieceSize => Math.Min(
        link.Rate?.PieceSize ?? UnlimitedPiece, rule?.PieceSize ?? UnlimitedPiece);

    public async ValueTask WaitAsync(int bytes, CancellationToken cancellationToken)
    {
        await link.Gate.WaitAsync(cancellationToken);
        var wait = link.Rate?.Take(bytes) ?? TimeSpan.Zero;
        var ruleWait = rule?.Take(bytes) ?? TimeSpan.Zero;
        wait = wait > ruleWait ? wait : ruleWait;
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellationToken);
        }
    }
}
