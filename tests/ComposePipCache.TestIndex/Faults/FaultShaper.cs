using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ComposePipCache.TestIndex.Http;

namespace ComposePipCache.TestIndex.Faults;

/// <summary>Turns an honest answer into what a fault makes of it.</summary>
internal static partial class FaultShaper
{
    private const string Portal =
        "<!DOCTYPE html><html><head><title>Welcome</title></head><body>Log in to use this network.</body></html>\n";

    /// <summary>The answer that a fault gives without asking the index, if any.</summary>
    public static Response? Replacement(FaultEffect effect)
    {
        if (effect.CaptivePortal == true)
        {
            return Response.Of(200, Encoding.UTF8.GetBytes(Portal), "text/html; charset=utf-8");
        }

        if (effect.Status is not { } status)
        {
            return null;
        }

        var response = Response.Text(status, $"{status} {StatusText.Of(status)}");
        return effect.RetryAfter is { } pause ? response.With("Retry-After", pause) : response;
    }

    public static Transmission Shape(Response honest, FaultEffect effect)
    {
        var response = ShiftRange(honest, effect.ContentRangeDelta ?? 0);
        response = (effect.Fields ?? new Dictionary<string, string>(StringComparer.Ordinal))
            .Aggregate(response, (changed, field) => changed.With(field.Key, field.Value));
        var delta = response.IsBodiless ? 0 : effect.BodyDelta ?? 0;
        response = response with { Count = Math.Max(0, response.Count + Math.Min(0, delta)) };
        var padding = Math.Max(0, delta);
        var lie = effect.ContentLengthDelta ?? 0;
        var framing = response.IsBodiless ? Framing.ContentLength : effect.Framing ?? Framing.ContentLength;
        return new Transmission(response)
        {
            Framing = framing,
            DeclaredLength = Math.Max(0, response.Count + padding + lie),
            Padding = padding,
            FlipAt = effect.FlipAt,
            Cut = effect.Cut,
            CutAfterBytes = effect.CutAfterBytes,
            StallFor = effect.StallMilliseconds is { } stall ? TimeSpan.FromMilliseconds(stall) : null,
            ClosesAfter = framing == Framing.UntilClose || lie != 0,
        };
    }

    private static Response ShiftRange(Response response, int delta) =>
        delta != 0 && response.Fields.TryGetValue("Content-Range", out var range)
            ? response.With("Content-Range", FirstNumbers().Replace(range, match => Shift(match.Value, delta)))
            : response;

    private static string Shift(string number, int delta) =>
        (long.Parse(number, CultureInfo.InvariantCulture) + delta).ToString(CultureInfo.InvariantCulture);

    // Both positions of `bytes 5-9/10`, not the length.
    [GeneratedRegex(@"\d+(?=[-/])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FirstNumbers();
}
