using ComposePipCache.Build.Resolve.Steps;
using ComposePipCache.Wheelhouse.Downloads;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Resolve;

public class DownloadMeterTests
{
    private const long MiB = 1024 * 1024;

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void It_tells_files_bytes_rate_and_the_time_left()
    {
        var meter = new DownloadMeter(_clock);
        var one = meter.Of("one.whl");
        var two = meter.Of("two.whl");
        one.Report(new DownloadProgress(0, 10 * MiB));
        two.Report(new DownloadProgress(0, 30 * MiB));
        _clock.Advance(TimeSpan.FromSeconds(10));
        one.Report(new DownloadProgress(10 * MiB, 10 * MiB));
        two.Report(new DownloadProgress(10 * MiB, 30 * MiB));

        meter.Line().ShouldBe("1 of 2 files, 20 MiB of 40 MiB, 2.0 MiB/s, 10 s left");
    }

    [Fact]
    public void Nothing_is_told_twice()
    {
        var meter = new DownloadMeter(_clock);
        meter.Line().ShouldBeNull();
        meter.Of("one.whl").Report(new DownloadProgress(0, MiB));
        meter.Line().ShouldBeNull();
        _clock.Advance(TimeSpan.FromSeconds(1));
        meter.Of("one.whl").Report(new DownloadProgress(MiB, MiB));

        meter.Line().ShouldBe("1 of 1 file, 1.0 MiB of 1.0 MiB, 1.0 MiB/s");
        meter.Line().ShouldBeNull();
    }

    [Fact]
    public void What_an_earlier_process_kept_counts_as_resumed_and_not_for_the_rate()
    {
        var meter = new DownloadMeter(_clock);
        var file = meter.Of("one.whl");
        file.Report(new DownloadProgress(600 * MiB, 1000 * MiB));
        _clock.Advance(TimeSpan.FromSeconds(100));
        file.Report(new DownloadProgress(700 * MiB, 1000 * MiB));

        meter.Line().ShouldBe("0 of 1 file, 700 MiB of 1000 MiB, 1.0 MiB/s, 5 min left, 1 resumed");
    }

    [Fact]
    public void A_server_that_tells_no_length_leaves_the_end_open()
    {
        var meter = new DownloadMeter(_clock);
        meter.Of("one.whl").Report(new DownloadProgress(0, null));
        _clock.Advance(TimeSpan.FromSeconds(1));
        meter.Of("one.whl").Report(new DownloadProgress(MiB, null));

        meter.Line().ShouldBe("0 of 1 file, 1.0 MiB of 1.0 MiB, 1.0 MiB/s");
    }
}
