using System.Text;
using ComposePipCache.TestIndex.Faults;
using ComposePipCache.TestIndex.Http;

namespace ComposePipCache.TestIndex.Tests;

public class FaultShaperTests
{
    private static readonly Response Part = (new Response(206)
    {
        Body = new MemoryBody(new byte[100]),
        Offset = 10,
        Count = 50,
    }).With("Content-Range", "bytes 10-59/100").With("ETag", "\"x\"");

    public static TheoryData<string, FaultEffect, long, long, bool> Lengths => new()
    {
        { "honest", new FaultEffect(), 50, 50, false },
        { "shorter", new FaultEffect { BodyDelta = -20 }, 30, 30, false },
        { "shorter than nothing", new FaultEffect { BodyDelta = -80 }, 0, 0, false },
        { "longer", new FaultEffect { BodyDelta = 20 }, 70, 70, false },
        { "declared longer", new FaultEffect { ContentLengthDelta = 5 }, 50, 55, true },
        { "declared shorter", new FaultEffect { ContentLengthDelta = -5 }, 50, 45, true },
        { "both", new FaultEffect { BodyDelta = -10, ContentLengthDelta = 10 }, 40, 50, true },
        { "until close", new FaultEffect { Framing = Framing.UntilClose }, 50, 50, true },
        { "chunked", new FaultEffect { Framing = Framing.Chunked }, 50, 50, false },
    };

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_lie_changes_body_and_length(string name, FaultEffect effect, long body, long declared, bool closes)
    {
        var transmission = FaultShaper.Shape(Part, effect);

        transmission.BodyLength.ShouldBe(body, name);
        transmission.DeclaredLength.ShouldBe(declared, name);
        transmission.ClosesAfter.ShouldBe(closes, name);
    }

    [Theory]
    [InlineData(7, "bytes 17-66/100")]
    [InlineData(-10, "bytes 0-49/100")]
    public void Positions_in_content_range_can_be_shifted(int delta, string expected)
    {
        FaultShaper.Shape(Part, new FaultEffect { ContentRangeDelta = delta }).Response.Fields["Content-Range"]
            .ShouldBe(expected);
    }

    [Fact]
    public void An_answer_without_a_body_stays_without()
    {
        var transmission = FaultShaper.Shape(
            Part with { IsBodiless = true }, new FaultEffect { BodyDelta = 9, Framing = Framing.Chunked });

        transmission.BodyLength.ShouldBe(0);
        transmission.Framing.ShouldBe(Framing.ContentLength);
    }

    [Fact]
    public void Fields_can_be_set_and_removed()
    {
        var effect = new FaultEffect
        {
            Fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["etag"] = "", ["X-More"] = "yes" },
        };

        var head = Encoding.ASCII.GetString(
            FaultShaper.Shape(Part, effect).Head(keepAlive: true, DateTimeOffset.UnixEpoch));

        head.ShouldBe(
            "HTTP/1.1 206 Partial Content\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\nServer: test-index\r\n"
            + "Content-Range: bytes 10-59/100\r\nX-More: yes\r\nContent-Length: 50\r\n\r\n");
    }

    [Fact]
    public void A_status_takes_the_place_of_the_answer()
    {
        var response = FaultShaper.Replacement(new FaultEffect { Status = 429, RetryAfter = "3" })!;

        response.Status.ShouldBe(429);
        response.Fields["Retry-After"].ShouldBe("3");
    }

    [Fact]
    public void Without_such_a_fault_the_index_answers()
    {
        FaultShaper.Replacement(new FaultEffect { Cut = Cut.Reset }).ShouldBeNull();
    }
}
