using ComposePipCache.TestIndex.Faults;
using CsCheck;

namespace ComposePipCache.TestIndex.Tests;

public class RuleEngineTests
{
    private static readonly RequestFacts File = new(RequestKind.File, "/packages/aa/bb/cc/foo-1.0-py3-none-any.whl")
    {
        Project = "foo",
        UserAgent = "pip/23.0",
    };

    [Theory]
    [InlineData("/simple/foo/", "/simple/foo/", true)]
    [InlineData("/simple/*/", "/simple/foo/", true)]
    [InlineData("/simple/*", "/simple/foo/", false)]
    [InlineData("/simple/**", "/simple/foo/", true)]
    [InlineData("**.whl", "/packages/aa/foo.whl", true)]
    [InlineData("**.whl", "/packages/aa/foo.whl.metadata", false)]
    [InlineData("**/foo-?.?-*", "/packages/aa/foo-1.0-py3.whl", true)]
    [InlineData("/a?c", "/a/c", false)]
    [InlineData("", "", true)]
    [InlineData("*", "", true)]
    public void A_glob_stays_within_a_segment_unless_it_is_doubled(string pattern, string text, bool expected)
    {
        Glob.IsMatch(pattern, text).ShouldBe(expected);
    }

    public static TheoryData<RequestMatch, bool> Matches => new()
    {
        { new RequestMatch(), true },
        { new RequestMatch { Kind = RequestKind.File }, true },
        { new RequestMatch { Kind = RequestKind.Page }, false },
        { new RequestMatch { Project = "Foo" }, true },
        { new RequestMatch { Project = "bar" }, false },
        { new RequestMatch { Path = "/packages/**" }, true },
        { new RequestMatch { Path = "/packages/*" }, false },
        { new RequestMatch { Method = "get" }, true },
        { new RequestMatch { Method = "HEAD" }, false },
        { new RequestMatch { HasRange = false }, true },
        { new RequestMatch { HasRange = true }, false },
        { new RequestMatch { UserAgent = "pip/*" }, true },
        { new RequestMatch { UserAgent = "uv/*" }, false },
        { new RequestMatch { Kind = RequestKind.File, Project = "bar" }, false },
    };

    [Theory]
    [MemberData(nameof(Matches))]
    public void A_rule_is_about_the_requests_that_satisfy_all_it_names(RequestMatch match, bool expected)
    {
        File.Satisfies(match).ShouldBe(expected);
    }

    [Theory]
    [InlineData(0, null, "xxxxxx")]
    [InlineData(0, 2, "xx....")]
    [InlineData(3, null, "...xxx")]
    [InlineData(1, 3, ".xxx..")]
    [InlineData(9, 1, "......")]
    [InlineData(0, 0, "......")]
    public void A_rule_spares_the_first_and_strikes_so_often(int after, int? times, string expected)
    {
        var engine = new RuleEngine();
        engine.Add(new FaultRule { After = after, Times = times, Effect = new FaultEffect { Status = 503 } });

        Pattern(engine, 6).ShouldBe(expected);
        engine.Rules.Single().Seen.ShouldBe(6);
        engine.Rules.Single().Fired.ShouldBe(expected.Count(letter => letter == 'x'));
    }

    [Fact]
    public void Only_matching_requests_count()
    {
        var engine = new RuleEngine();
        engine.Add(new FaultRule
        {
            Match = new RequestMatch { Kind = RequestKind.File },
            After = 1,
            Effect = new FaultEffect { Status = 503 },
        });

        engine.Decide(File with { Kind = RequestKind.Page }).RuleIds.ShouldBeEmpty();
        engine.Decide(File).RuleIds.ShouldBeEmpty();
        engine.Decide(File).RuleIds.ShouldBe(["rule-1"]);
    }

    [Fact]
    public void A_seed_repeats_its_decisions()
    {
        Gen.Select(Gen.Int, Gen.Double[0.1, 0.9]).Sample((seed, probability) =>
        {
            var rule = new FaultRule
            {
                Seed = seed,
                Probability = probability,
                Effect = new FaultEffect { Cut = Cut.Close, CutAfterBytes = 10, CutBeforeBytes = 1000 },
            };
            var (first, second) = (new RuleEngine(), new RuleEngine());
            first.Add(rule);
            second.Add(rule);
            return Enumerable.Range(0, 50).All(_ => first.Decide(File).Effect == second.Decide(File).Effect);
        }, iter: 50);
    }

    [Fact]
    public void A_probability_strikes_about_so_often()
    {
        var engine = new RuleEngine();
        engine.Add(new FaultRule { Probability = 0.3, Seed = 1, Effect = new FaultEffect { Status = 500 } });

        Pattern(engine, 1000).Count(letter => letter == 'x').ShouldBeInRange(250, 350);
    }

    [Fact]
    public void A_cut_between_two_places_stays_between_them()
    {
        var engine = new RuleEngine();
        engine.Add(new FaultRule
        {
            Effect = new FaultEffect { Cut = Cut.Reset, CutAfterBytes = 10, CutBeforeBytes = 13 },
        });

        var places = Enumerable.Range(0, 100).Select(_ => engine.Decide(File).Effect.CutAfterBytes!.Value);

        places.Distinct().Order().ShouldBe([10L, 11, 12]);
    }

    [Fact]
    public void Of_two_rules_the_earlier_wins_and_the_later_completes()
    {
        var engine = new RuleEngine();
        engine.Add(new FaultRule { Id = "a", Effect = new FaultEffect { Cut = Cut.Reset, DelayMilliseconds = 5 } });
        engine.Add(new FaultRule
        {
            Id = "b",
            Effect = new FaultEffect { Cut = Cut.Close, CutAfterBytes = 7, BytesPerSecond = 9 },
        });

        var plan = engine.Decide(File);

        plan.RuleIds.ShouldBe(["a", "b"]);
        plan.ThrottleId.ShouldBe("b");
        plan.Effect.ShouldBe(new FaultEffect { Cut = Cut.Reset, DelayMilliseconds = 5, BytesPerSecond = 9 });
    }

    [Fact]
    public void An_entity_tag_can_change_with_each_strike()
    {
        var engine = new RuleEngine();
        engine.Add(new FaultRule { Effect = new FaultEffect { ETag = "\"v{n}\"" } });

        engine.Decide(File).Effect.ETag.ShouldBe("\"v1\"");
        engine.Decide(File).Effect.ETag.ShouldBe("\"v2\"");
    }

    [Fact]
    public void A_rule_with_a_known_id_replaces_it_and_one_can_be_removed()
    {
        var engine = new RuleEngine();
        engine.Add(new FaultRule { Id = "a", Effect = new FaultEffect { Status = 500 } });
        engine.Add(new FaultRule { Id = "a", Effect = new FaultEffect { Status = 502 } });

        engine.Decide(File).Effect.Status.ShouldBe(502);
        engine.Remove("a").ShouldBeTrue();
        engine.Remove("a").ShouldBeFalse();
        engine.Decide(File).ShouldBe(FaultPlan.None);
    }

    private static string Pattern(RuleEngine engine, int requests) => string.Concat(
        Enumerable.Range(0, requests).Select(_ => engine.Decide(File).RuleIds.Count > 0 ? 'x' : '.'));
}
