using ComposePipCache.Build;
using ComposePipCache.Build.Bake;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Bake;

public class TargetLinksTests
{
    [Fact]
    public void A_target_comes_after_the_ones_it_uses()
    {
        var links = new TargetLinks(File(("web", "base"), ("base", "root"), ("root", null)), ["web"]);

        links.Targets.Select(target => target.Name).ShouldBe(["root", "base", "web"]);
        links.ContextsOf("web").ShouldBe(new Dictionary<string, string> { ["ctx"] = "base" });
        links.IsUsed("base").ShouldBeTrue();
        links.IsUsed("web").ShouldBeFalse();
    }

    [Fact]
    public void What_nobody_asked_for_is_not_built()
    {
        var links = new TargetLinks(File(("web", null), ("other", null)), ["web"]);

        links.Targets.ShouldHaveSingleItem().Name.ShouldBe("web");
    }

    [Fact]
    public void A_circle_is_named_step_by_step()
    {
        Should.Throw<PipCacheException>(() => new TargetLinks(File(("a", "b"), ("b", "c"), ("c", "b")), ["a"]))
            .Message.ShouldContain("b → c → b");
    }

    [Fact]
    public void A_missing_target_is_named_with_who_needs_it()
    {
        var failure = Should.Throw<PipCacheException>(() => new TargetLinks(File(("a", "gone")), ["a"]));

        failure.Text.What.ShouldBe("failed to find target gone");
        failure.Text.Why.ShouldNotBeNull().ShouldContain("target a");
    }

    private static BakeFile File(params (string Name, string? Uses)[] targets) => new([], targets.ToDictionary(
        target => target.Name,
        target => new BakeTarget
        {
            Name = target.Name,
            Contexts = target.Uses is { } used ? new Dictionary<string, string> { ["ctx"] = "target:" + used } : [],
        }));
}
