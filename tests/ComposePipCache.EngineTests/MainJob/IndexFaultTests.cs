using ComposePipCache.Bed;
using ComposePipCache.TestIndex;
using ComposePipCache.TestIndex.Catalog;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>An index that misbehaves: nothing false is kept, and what could not be had is named.</summary>
public class IndexFaultTests
{
    private const int Size = 300_000;

    // What one more question mends.
    private static readonly Dictionary<string, FaultEffect> Passing = new()
    {
        ["a server error"] = new FaultEffect { Status = 503 },
        ["too many requests"] = new FaultEffect { Status = 429, RetryAfter = "1" },
        ["a reset"] = new FaultEffect { Cut = Cut.Reset, CutAfterBytes = 100_000 },
        ["a short body"] = new FaultEffect { Cut = Cut.Close, CutAfterBytes = 100_000 },
        ["a body that is too short, and said so"] = new FaultEffect { BodyDelta = -10 },
        ["a body that is too long"] = new FaultEffect { BodyDelta = 10 },
        ["a length that is too short"] = new FaultEffect { ContentLengthDelta = -10 },
        ["a length that is too long"] = new FaultEffect { ContentLengthDelta = 10 },
        ["another byte"] = new FaultEffect { FlipAt = 1000 },
    };

    // What was begun is not what goes on.
    private static readonly Dictionary<string, FaultEffect> Resuming = new()
    {
        ["no ranges"] = new FaultEffect { RefuseRange = true },
        ["another tag each time"] = new FaultEffect { ETag = "\"{n}\"" },
        ["another range than asked for"] = new FaultEffect { ContentRangeDelta = 1 },
    };

    // What stays as it is, and what is said of it.
    private static readonly Dictionary<string, (FaultEffect Effect, string Reason)> Lasting = new()
    {
        ["not there"] = (new FaultEffect { Status = 404 }, "404"),
    };

    public static TheoryData<string, string> PassingCases => With(Passing.Keys);

    public static TheoryData<string, string> ResumingCases => With(Resuming.Keys);

    public static TheoryData<string, string> LastingCases => With(Lasting.Keys);

    [Theory]
    [MemberData(nameof(PassingCases))]
    public async Task What_passes_is_not_seen(string name, string verb)
    {
        await using var bed = await FaultyProject.CreateAsync();
        bed.Fault(Passing[name], times: 1);

        (await bed.RunAsync(verb)).ShouldSucceed();

        bed.ShouldHoldWhatWasPublished();
    }

    [Theory]
    [MemberData(nameof(ResumingCases))]
    public async Task A_download_that_cannot_go_on_begins_anew(string name, string verb)
    {
        await using var bed = await FaultyProject.CreateAsync();
        bed.Fault(Resuming[name], times: null);
        bed.Fault(new FaultEffect { Cut = Cut.Reset, CutAfterBytes = 100_000 }, times: 1);

        (await bed.RunAsync(verb)).ShouldSucceed();

        bed.ShouldHoldWhatWasPublished();
    }

    [Theory]
    [MemberData(nameof(LastingCases))]
    public async Task What_stays_is_named_and_once_it_is_gone_the_rest_is_fetched(string name, string verb)
    {
        await using var bed = await FaultyProject.CreateAsync();
        bed.Fault(Lasting[name].Effect, times: null);

        var failed = await bed.RunAsync(verb);
        bed.ShouldHoldNothingElse();
        bed.Index.Server.ClearFaults();
        var again = await bed.RunAsync(verb);

        failed.ShouldFail();
        failed.Text.ShouldContain(bed.Index.Name("large"), Case.Sensitive, failed.Text);
        failed.Text.ShouldContain(Lasting[name].Reason, Case.Insensitive, failed.Text);
        again.ShouldSucceed();
        bed.ShouldHoldWhatWasPublished();
    }

    // Both commands get to see each fault at full size, and one of them in turn otherwise.
    private static TheoryData<string, string> With(IEnumerable<string> names)
    {
        var data = new TheoryData<string, string>();
        foreach (var (turn, name) in names.Index())
        {
            foreach (var verb in Scale.IsFull ? ["build", "fetch"] : turn % 2 == 0 ? (string[])["build"] : ["fetch"])
            {
                data.Add(name, verb);
            }
        }

        return data;
    }

    /// <summary>Three wheels, one of which is asked for in vain.</summary>
    private sealed class FaultyProject : IAsyncDisposable
    {
        private readonly Engine _engine;
        private readonly PipProject _project;

        private FaultyProject(Engine engine, OwnIndex index)
        {
            (_engine, Index) = (engine, index);
            index.Publish(new TinyWheel(index.Name("large"), "1.0") { PayloadSize = Size });
            _project = PipProject.Create(engine, index, index.Requirements("==1.0", "large", "one", "two"));
        }

        public OwnIndex Index { get; }

        public static async Task<FaultyProject> CreateAsync() =>
            new(await Engine.OpenAsync(BedEngines.Names[0]), await OwnIndex.StartAsync("one", "two"));

        public void Fault(FaultEffect effect, int? times) => Index.Server.AddFault(new FaultRule
        {
            Match = new RequestMatch { Kind = RequestKind.File, Project = Index.Name("large") },
            Effect = effect,
            Times = times,
        });

        public Task<BuildRun> RunAsync(string verb) => verb == "fetch"
            ? _project.RunAsync("--progress", "plain", "fetch", "--no-build")
            : _project.BuildAsync();

        public void ShouldHoldWhatWasPublished()
        {
            ShouldHoldNothingElse();
            Wheelhouse.Files.Count.ShouldBe(3);
        }

        public void ShouldHoldNothingElse()
        {
            Wheelhouse.ShouldBeIntact("after the fault");
            Wheelhouse.Files.ShouldBeSubsetOf(Directory.GetFiles(Index.Folder).Select(Path.GetFileName)!);
        }

        public async ValueTask DisposeAsync()
        {
            await _project.DisposeAsync();
            await Index.DisposeAsync();
            _engine.Dispose();
        }

        private Wheelhouse Wheelhouse => new(Path.Combine(_engine.CacheDirectory, "wheelhouse"));
    }
}
