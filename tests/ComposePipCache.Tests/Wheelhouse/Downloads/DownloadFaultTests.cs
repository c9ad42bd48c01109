using ComposePipCache.TestIndex;
using ComposePipCache.Wheelhouse.Downloads;
using ComposePipCache.Wheelhouse.Errors;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Wheelhouse.Downloads;

public class DownloadFaultTests
{
    public static TheoryData<string, FaultEffect> SpoiltAnswers => new()
    {
        { "short body", new FaultEffect { BodyDelta = -10 } },
        { "long body", new FaultEffect { BodyDelta = 10 } },
        { "announced too short", new FaultEffect { ContentLengthDelta = -10 } },
        { "another byte", new FaultEffect { FlipAt = 1_000_000 } },
        { "cut off, no length", new FaultEffect { Framing = Framing.UntilClose, Cut = Cut.Close, CutAfterBytes = 9 } },
    };

    [Theory]
    [MemberData(nameof(SpoiltAnswers))]
    public async Task A_file_that_is_not_the_promised_one_is_asked_for_once_more(string name, FaultEffect effect)
    {
        await using var home = await DownloadHome.StartAsync();
        home.Fault(effect);

        home.ShouldHold(await home.FetchAsync());

        home.Log.Count.ShouldBe(2, name);
    }

    [Theory]
    [MemberData(nameof(SpoiltAnswers))]
    public async Task And_then_refused(string name, FaultEffect effect)
    {
        await using var home = await DownloadHome.StartAsync();
        home.Fault(effect, times: null);

        var error = await Should.ThrowAsync<DigestMismatchException>(() => home.FetchAsync());

        error.Expected.ShouldBe(DownloadHome.Sha256, name);
        home.Log.Count.ShouldBe(2);
        home.Store.List().ShouldBeEmpty();
        home.ShouldHoldNoParts();
    }

    [Fact]
    public async Task A_length_that_was_announced_too_long_costs_one_question()
    {
        await using var home = await DownloadHome.StartAsync();
        home.Fault(new FaultEffect { ContentLengthDelta = 10 });

        home.ShouldHold(await home.FetchAsync());

        home.Log.Select(entry => entry.Status).ShouldBe([200, 416]);
    }

    [Fact]
    public async Task A_body_without_a_length_is_taken_to_its_end()
    {
        await using var home = await DownloadHome.StartAsync();
        home.Fault(new FaultEffect { Framing = Framing.Chunked });

        home.ShouldHold(await home.FetchAsync());

        home.Log.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(408)]
    public async Task A_server_in_trouble_is_asked_again(int status)
    {
        await using var home = await DownloadHome.StartAsync();
        home.Fault(new FaultEffect { Status = status }, times: 2);

        home.ShouldHold(await home.FetchAsync());

        ShouldHavePaused(home, 1, 4);
    }

    [Fact]
    public async Task But_not_for_ever()
    {
        await using var home = await DownloadHome.StartAsync();
        home.Fault(new FaultEffect { Status = 503 }, times: null);

        var error = await Should.ThrowAsync<DownloadException>(() => home.FetchAsync());

        error.Kind.ShouldBe(DownloadFailureKind.ServerError);
        error.IsNetworkFailure.ShouldBeTrue();
        error.Problem.What.ShouldBe($"cannot download {DownloadHome.Wheel.FileName} from {home.Url}");
        error.Problem.Why.ShouldBe("the server answers 503 (Service Unavailable)");
        ShouldHavePaused(home, 1, 4, 16);
    }

    [Fact]
    public async Task A_server_that_asks_for_a_pause_gets_it()
    {
        await using var home = await DownloadHome.StartAsync();
        home.Fault(new FaultEffect { Status = 429, RetryAfter = "7" });

        home.ShouldHold(await home.FetchAsync());

        home.Time.PausesInSeconds.ShouldBe([7]);
    }

    [Fact]
    public async Task But_not_an_hour()
    {
        await using var home = await DownloadHome.StartAsync();
        home.Fault(new FaultEffect { Status = 429, RetryAfter = "3600" });

        var error = await Should.ThrowAsync<DownloadException>(() => home.FetchAsync());

        error.Kind.ShouldBe(DownloadFailureKind.RateLimited);
        home.Log.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(403, "check the credentials of the index")]
    [InlineData(404, "the index names a file that it does not have; ask whoever runs it")]
    public async Task What_is_refused_is_asked_for_once(int status, string hint)
    {
        await using var home = await DownloadHome.StartAsync();
        home.Fault(new FaultEffect { Status = status });

        var error = await Should.ThrowAsync<DownloadException>(() => home.FetchAsync());

        error.Kind.ShouldBe(DownloadFailureKind.Refused);
        error.Status.ShouldBe(status);
        error.IsNetworkFailure.ShouldBeFalse();
        error.Problem.Hint.ShouldBe(hint);
        home.Log.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_portal_that_wants_a_login_is_known_by_its_page()
    {
        await using var home = await DownloadHome.StartAsync();
        home.Fault(new FaultEffect { CaptivePortal = true }, times: null);

        var error = await Should.ThrowAsync<DownloadException>(
            () => home.FetchAsync(home.Request with { Sha256 = null }));

        error.Kind.ShouldBe(DownloadFailureKind.WebPage);
        error.IsNetworkFailure.ShouldBeTrue();
        home.Store.List().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_left_and_asked_for_the_rest()
    {
        await using var home = await DownloadHome.StartAsync();
        home.Fault(new FaultEffect { Cut = Cut.Stall, CutAfterBytes = 1_000_000 });
        var options = new DownloadOptions { StallTimeout = TimeSpan.FromMilliseconds(500), Retries = 100 };

        var downloader = home.Downloader(options, new HurriedRetries());

        home.ShouldHold(await downloader.FetchAsync(home.Request, DownloadHome.Token));

        home.Log[1].Range.ShouldBe("bytes=1000000-");
    }

    [Fact]
    public async Task A_server_that_never_answers_has_timed_out()
    {
        await using var home = await DownloadHome.StartAsync();
        home.Fault(new FaultEffect { Cut = Cut.Stall }, times: null);
        var options = new DownloadOptions { StallTimeout = TimeSpan.FromMilliseconds(50), Retries = 1 };

        var error = await Should.ThrowAsync<DownloadException>(
            () => home.Downloader(options, new HurriedRetries()).FetchAsync(home.Request, DownloadHome.Token));

        error.Kind.ShouldBe(DownloadFailureKind.TimedOut);
        home.Log.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_index_that_is_away_is_unreachable()
    {
        await using var home = await DownloadHome.StartAsync();
        await home.Index.SetModeAsync(ServingMode.Away);

        var error = await Should.ThrowAsync<DownloadException>(() => home.FetchAsync());

        error.Kind.ShouldBe(DownloadFailureKind.Unreachable);
        error.Problem.Hint.ShouldBe("check the network, then run the command again");
        ShouldHavePaused(home, 1, 4, 16);
    }

    // Up to a quarter more, by chance.
    private static void ShouldHavePaused(DownloadHome home, params double[] seconds)
    {
        var pauses = home.Time.PausesInSeconds.ToList();
        pauses.Count.ShouldBe(seconds.Length);
        pauses.Zip(seconds).ShouldAllBe(pause => pause.First >= pause.Second && pause.First < 1.25 * pause.Second);
    }

    /// <summary>Waits between attempts are over at once, shorter ones take their time.</summary>
    private sealed class HurriedRetries : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime >= TimeSpan.FromSeconds(1) ? TimeSpan.Zero : dueTime, period);
    }
}
