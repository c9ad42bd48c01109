using System.Globalization;
using System.Text;
using ComposePipCache.TestIndex.Http;

namespace ComposePipCache.TestIndex.Faults;

/// <summary>An answer as it goes over the wire, lies included.</summary>
internal sealed record Transmission(Response Response)
{
    public Framing Framing { get; init; }

    /// <summary>What Content-Length says.</summary>
    public long DeclaredLength { get; init; }

    /// <summary>Junk after the true bytes.</summary>
    public long Padding { get; init; }

    /// <summary>Position in the body source of a byte to invert.</summary>
    public long? FlipAt { get; init; }

    public Cut? Cut { get; init; }

    public long? CutAfterBytes { get; init; }

    public TimeSpan? StallFor { get; init; }

    /// <summary>True when the client could not find the end of the body otherwise.</summary>
    public bool ClosesAfter { get; init; }

    public long BodyLength => Response.IsBodiless ? 0 : Response.Count + Padding;

    public byte[] Head(bool keepAlive, DateTimeOffset now)
    {
        var head = new StringBuilder($"HTTP/1.1 {Response.Status} {StatusText.Of(Response.Status)}\r\n");
        head.Append($"Date: {now:R}\r\nServer: test-index\r\n");
        foreach (var (name, value) in Response.Fields.Where(field => field.Value.Length > 0))
        {
            head.Append($"{name}: {value}\r\n");
        }

        if (Response.Status != 304 && Framing == Framing.ContentLength)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {DeclaredLength}\r\n");
        }
        else if (Framing == Framing.Chunked)
        {
            head.Append("Transfer-Encoding: chunked\r\n");
        }

        head.Append(keepAlive && !ClosesAfter ? "\r\n" : "Connection: close\r\n\r\n");
        return Encoding.Latin1.GetBytes(head.ToString());
    }
}
