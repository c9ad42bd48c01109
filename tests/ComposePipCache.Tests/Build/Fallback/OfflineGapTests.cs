using ComposePipCache.Build.Doorbell;
using ComposePipCache.Build.Fallback;
using ComposePipCache.BuildKit.Errors;
using ComposePipCache.BuildKit.Llb;
using ComposePipCache.Tests.Build.Passes;
using ComposePipCache.Tests.BuildKit.Llb;
using ComposePipCache.Wheelhouse.Locks;
using Grpc.Core;
using Shouldly;
using Xunit;
using StoredFile = ComposePipCache.Wheelhouse.Store.StoredFile;

namespace ComposePipCache.Tests.Build.Fallback;

public sealed class OfflineGapTests
{
    [Fact]
    public async Task A_step_without_a_lock_was_never_built() =>
        OfflineGap.Of(await FailureAsync(stepLock: null, offered: [])).ShouldBe(
            "flask==9.9 for one: its step was not built with the network yet");

    [Fact]
    public async Task Of_a_lock_the_missing_files_are_named()
    {
        var stepLock = Lock(["a", "b", "c", "d", "e", "f", "g"]);

        var gap = OfflineGap.Of(await FailureAsync(stepLock, offered: ["a"]));

        gap.ShouldBe("6 of 7 files: b-1-py3-none-any.whl, c-1-py3-none-any.whl, d-1-py3-none-any.whl, "
            + "e-1-py3-none-any.whl, f-1-py3-none-any.whl and 1 more");
    }

    [Fact]
    public async Task What_failed_for_another_reason_is_no_gap() =>
        OfflineGap.Of(await FailureAsync(null, []) with { Kind = FailureKind.NotNetwork }).ShouldBeNull();

    [Fact]
    public void An_image_is_named()
    {
        var failure = new SolveException(
            "nosuch:1: failed to resolve source metadata for docker.io/library/nosuch:1: failed to do request",
            StatusCode.Unknown,
            new SolveErrorDetails());

        OfflineGap.Of(failure, graph: null).ShouldBe("the image docker.io/library/nosuch:1");
    }

    [Theory]
    [InlineData("apt-get update && apt-get install -y gcc", "the network for `apt-get update`, `apt-get install gcc`")]
    [InlineData("make", null)]
    public void Another_step_is_named_by_what_it_fetches(string command, string? expected)
    {
        var graph = LlbGraph.Decode(Graphs.Chain("echo", command));
        var digest = graph.Vertices.Last(vertex => vertex.Op.Exec is not null).Digest;
        var failure = new SolveException("exit code: 100", StatusCode.Unknown, new SolveErrorDetails { VertexDigest = digest });

        OfflineGap.Of(failure, graph).ShouldBe(expected);
    }

    [Fact]
    public void All_targets_are_told_of_at_once() => OfflineGap.Advice([("web", "flask for one"), ("db", "the image x:1")]).ShouldBe(
        """
        pipcache: this build is offline, and lacks
          web: flask for one
          db: the image x:1
        build once with the network, without --offline; for wheels, --find-links DIR does as well

        """.ReplaceLineEndings("\n"));

    private static async Task<StepFailure> FailureAsync(StepLock? stepLock, IEnumerable<string> offered)
    {
        var prepared = new PreparedStep
        {
            Mode = StepMode.Offline,
            Answers = new Dictionary<string, string>(),
            Lock = stepLock,
            Offered = [.. offered.Select(name => new OfferedFile(name, new StoredFile(Sha256(name), name, "/" + name, 1), IsOwn: false))],
        };
        var bell = new StepBell(PipSteps.Create(), _ => Task.FromResult(prepared));
        await bell.RingAsync();
        return new StepFailure { Bell = bell, Mode = StepMode.Offline, Kind = FailureKind.NoSuchPackage, Phrase = "flask==9.9" };
    }

    private static StepLock Lock(IEnumerable<string> names) => new()
    {
        Key = Sha256("key"),
        KeyText = "key",
        CreatedAt = DateTimeOffset.UnixEpoch,
        Scope = "public",
        Interpreter = "",
        Files =
        [
            .. names.Select(name => new LockedFile
            {
                FileName = $"{name}-1-py3-none-any.whl",
                Sha256 = Sha256(name),
                Size = 1,
                Kind = LockedFileKind.Wheel,
            }),
        ],
    };

    private static string Sha256(string text) => Digest.Of(System.Text.Encoding.UTF8.GetBytes(text)).Split(':')[1];
}
