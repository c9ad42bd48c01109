using ComposePipCache.TestIndex.Network;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace ComposePipCache.TestIndex.Tests;

public class RateLimitTests
{
    [Fact]
    public void Bytes_wait_until_the_last_of_them_is_through()
    {
        var limit = new RateLimit(1000, new FakeTimeProvider());

        limit.Take(500).ShouldBe(TimeSpan.FromSeconds(0.5));
        limit.Take(250).ShouldBe(TimeSpan.FromSeconds(0.75));
    }

    [Fact]
    public void An_idle_link_saves_no_more_than_the_slack()
    {
        var time = new FakeTimeProvider();
        var limit = new RateLimit(1000, time);

        time.Advance(TimeSpan.FromMinutes(1));

        limit.Take(1000).ShouldBe(TimeSpan.FromSeconds(0.95));
    }

    [Fact]
    public void A_late_timer_is_caught_up()
    {
        var time = new FakeTimeProvider();
        var limit = new RateLimit(1000, time);

        time.Advance(limit.Take(100) + TimeSpan.FromMilliseconds(10));

        limit.Take(100).ShouldBe(TimeSpan.FromMilliseconds(90));
    }

    [Fact]
    public void The_rate_holds_over_any_sequence_of_pieces()
    {
        Gen.Select(Gen.Int[1, 5000].Array[1, 40], Gen.Long[100, 100_000]).Sample((pieces, rate) =>
        {
            var time = new FakeTimeProvider();
            var start = time.GetUtcNow();
            var limit = new RateLimit(rate, time);
            foreach (var piece in pieces)
            {
                time.Advance(limit.Take(piece));
            }

            var expected = (double)pieces.Sum() / rate;
            return Math.Abs((time.GetUtcNow() - start).TotalSeconds - expected) < 0.001;
        });
    }
}
