using ComposePipCache.TestIndex.Faults;
using ComposePipCache.TestIndex.Http;
using ComposePipCache.TestIndex.Serving;

namespace ComposePipCache.TestIndex.Network;

/// <summary>One request and its answer, kept in the ledger while it runs.</summary>
internal sealed class Exchange(Wire wire, IndexState state, long connection, bool isTls, Func<bool> isAborted)
{
    private long _sequence;
    private long _counted = wire.Written;
    private int _status;
    private Outcome _outcome;
    private TransmissionSender? _sender;

    /// <summary>False when the connection is at its end.</summary>
    public async Task<bool> RunAsync(RequestHead head, CancellationToken cancellationToken)
    {
        var route = Route.Of(head.Path);
        var plan = state.Rules.Decide(RequestFacts.Of(head, route));
        _sequence = state.Ledger.Begin(connection, head, route, plan);
        try
        {
            await DelayAsync(plan.Effect, cancellationToken);
            if (plan.Effect.GoAway == true)
            {
                Note(Outcome.Stopped);
                await state.GoAway();
                return false;
            }

            return await SendAsync(head, route, plan, cancellationToken);
        }
        catch (Exception error) when (Connection.IsEnd(error))
        {
            var isOurs = isAborted() || cancellationToken.IsCancellationRequested;
            Note(isOurs ? Outcome.Stopped : Outcome.ClientGone, wire.Unsent());
            return false;
        }
    }

    /// <summary>The client left although all seemed sent: what the kernel still held was never paid for.</summary>
    public void TakeBackUnsent()
    {
        if (_outcome == Outcome.Complete && wire.Unsent() is > 0 and var unsent)
        {
            Note(Outcome.ClientGone, unsent);
        }
    }

    private async Task<bool> SendAsync(
        RequestHead head, Route route, FaultPlan plan, CancellationToken cancellationToken)
    {
        var transmission = FaultShaper.Shape(Respond(head, route, plan.Effect), plan.Effect);
        var isAnswered = transmission is { Cut: null } or { CutAfterBytes: not null } or { StallFor: not null };
        _status = isAnswered ? transmission.Response.Status : 0;
        _sender = new TransmissionSender(wire, state.Link.PacingFor(plan), state.Options.Time)
        {
            Announce = outcome => Note(outcome),
        };
        var outcome = await _sender.SendAsync(transmission, head.KeepAlive, cancellationToken);
        if (outcome != _outcome)
        {
            Note(isAborted() ? Outcome.Stopped : outcome);
        }

        return _outcome == Outcome.Complete && head.KeepAlive && !transmission.ClosesAfter;
    }

    private async Task DelayAsync(FaultEffect effect, CancellationToken cancellationToken)
    {
        await state.Link.Gate.WaitAsync(cancellationToken);
        var delay = state.Link.Latency + TimeSpan.FromMilliseconds(effect.DelayMilliseconds ?? 0);
        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, state.Options.Time, cancellationToken);
        }
    }

    private Response Respond(RequestHead head, Route route, FaultEffect effect)
    {
        if (FaultShaper.Replacement(effect) is { } replacement)
        {
            return head.Method == "HEAD" ? replacement with { IsBodiless = true } : replacement;
        }

        var options = new ResponderOptions(
            isTls ? "https://" : "http://", state.Options.FilesUrl, state.Options.PrivateCredentials);
        return new Responder(state.Catalog, options).Respond(
            head, route, new Reluctance(effect.RefuseRange == true, effect.ETag));
    }

    private void Note(Outcome outcome, long unsent = 0)
    {
        var onWire = wire.Written - unsent;
        state.Ledger.CountBytes(connection, onWire - _counted);
        _counted = onWire;
        _outcome = outcome;
        state.Ledger.Update(_sequence, entry => entry with
        {
            Status = _status,
            Outcome = outcome,
            BodyBytes = Math.Max(0, (_sender?.BodyWritten ?? 0) - unsent),
        });
    }
}
