using ComposePipCache.Build.Harvest;
using ComposePipCache.Python.Logs;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Harvest;

public class SuspectWordingTests
{
    private const string NoSuchProject =
        "2026-01-01T00:00:00,000   Could not fetch URL http://extra/simple/alpha/: 404 Client Error: Not Found for url: "
        + "http://extra/simple/alpha/ - skipping\n";

    private const string NoAnswer =
        "2026-01-01T00:00:00,000   Could not fetch URL http://extra/simple/bravo/: 503 Server Error: Service Unavailable "
        + "for url: http://extra/simple/bravo/ - skipping\n";

    [Fact]
    public void A_project_that_one_index_lacks_is_no_failure_of_the_network()
    {
        Read(NoSuchProject).Failures.ShouldHaveSingleItem().Status.ShouldBe(404);
        Read(NoSuchProject).MissedPages.ShouldBeEmpty();
    }

    [Fact]
    public void Only_pages_that_did_not_arrive_are_counted() =>
        SuspectWording.Of(Read(NoSuchProject + NoAnswer)).ShouldStartWith("suspect: 1 index page failed (");

    [Fact]
    public void Who_wants_the_index_or_nothing_is_told_why_the_build_failed() =>
        SuspectWording.Refusal("web", Read(NoAnswer)).What.ShouldBe("the index failed (server error), and web took what was on the disk");

    private static PipLogSummary Read(string log) => PipLogReader.Read(new StringReader(log));
}
