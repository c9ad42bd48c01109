using ComposePipCache.Build.Daemon;
using ComposePipCache.Protocol.Controls;
using Google.Protobuf.WellKnownTypes;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Daemon;

public class UsageRecordsTests
{
    private const string Made = "cached mount /dev/pipcache/wheels from exec /bin/sh -c pip install foo";

    [Theory]
    [InlineData(Made + " with id \"docker-pipcache.wheels\"", DaemonMountKind.Wheels)]
    [InlineData(Made + " with id \"docker-pipcache.wheels.0123abcd\"", DaemonMountKind.Wheels)]
    [InlineData(Made + " with id \"docker-pipcache.cache\"", DaemonMountKind.ToolCache)]
    [InlineData("cached mount /x from container abc with id \"docker-pipcache.cache\"", DaemonMountKind.ToolCache)]
    public void Our_mounts_go_by_the_id_that_ends_their_description(string description, DaemonMountKind kind) =>
        UsageRecords.Ours([Record(description)]).ShouldHaveSingleItem().Kind.ShouldBe(kind);

    [Theory]
    [InlineData(Made + " with id \"/root/.cache/pip\"")]
    [InlineData(Made)]
    [InlineData("cached mount /x from exec echo ' with id \"docker-pipcache.wheels\"' with id \"/theirs\"")]
    [InlineData("cached mount /x from exec echo ' with id \"docker-pipcache.wheels\"'")]
    [InlineData("cached mount /x from exec echo x with id \"docker-pipcache.wheelsome\"")]
    [InlineData("cached mount /x from exec echo x with id \"a docker-pipcache.wheels\"")]
    [InlineData(" with id \"")]
    [InlineData("")]
    public void Nobody_elses_is_taken_for_one(string description) =>
        UsageRecords.Ours([Record(description)]).ShouldBeEmpty();

    [Fact]
    public void Nor_is_what_is_no_cache_mount()
    {
        var layer = Record(Made + " with id \"docker-pipcache.wheels\"");
        layer.RecordType = "regular";

        UsageRecords.Ours([layer]).ShouldBeEmpty();
    }

    [Fact]
    public void Nor_one_whose_name_would_be_more_than_a_name_in_a_filter()
    {
        var odd = Record(Made + " with id \"docker-pipcache.wheels\"");
        odd.ID = "a,type!=x";

        UsageRecords.Ours([odd]).ShouldBeEmpty();
    }

    [Fact]
    public void What_was_never_used_was_last_used_when_it_was_made()
    {
        var record = Record(Made + " with id \"docker-pipcache.wheels\"");
        record.CreatedAt = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddDays(3));

        UsageRecords.Ours([record])[0].LastUsedAt.ShouldBe(DateTimeOffset.UnixEpoch.AddDays(3));
    }

    private static UsageRecord Record(string description) => new()
    {
        ID = "abc123",
        RecordType = "exec.cachemount",
        Description = description,
        Size = 5,
    };
}
