using ComposePipCache.Python.Index;
using ComposePipCache.Python.Requirements;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Index;

/// <summary>When it is known what pip will take, whatever pip would say.</summary>
public class ForetellingTests
{
    private const string Hash = "a --hash=sha256:";

    private static readonly Universe World = new Universe()
        .Add("a-1", "b").Add("a-2", "b")
        .Add("b-1").Add("b-2")
        .Add("strict-1", "b==1")
        .Add("open-1", "b==1 ; platform_release >= '5'")
        .Add("closed-1", "b ; sys_platform == 'win32'", "a ; extra == 'more'");

    [Theory]
    [InlineData("a==1 b==1", "")]
    [InlineData("a==1", "b==2")]
    [InlineData("strict==1", "")]
    [InlineData("closed==1", "")]
    [InlineData("a==1 b<=2 b==1", "")]
    public void Every_project_has_one_release_it_can_be(string requirements, string constraints) =>
        Run(requirements, constraints).IsCertain.ShouldBeTrue();

    [Theory]
    [InlineData("a==1", "")]
    [InlineData("a", "b==1")]
    [InlineData("a>=2 b==1", "")]
    [InlineData("closed[more]==1", "")]
    [InlineData("open==1", "")]
    [InlineData("open==1 b==1", "")]
    [InlineData("a==9 b==1", "")]
    [InlineData("a==1 b==1 ./local", "")]
    [InlineData("a==1 b==1 git+https://example.org/x", "")]
    [InlineData("a==1 b==1", "./local")]
    public void Something_is_left_for_pip_to_decide(string requirements, string constraints) =>
        Run(requirements, constraints).IsCertain.ShouldBeFalse();

    [Fact]
    public void A_release_without_a_wheel_is_built_with_what_nobody_knows()
    {
        var plan = Universe.Plan(hasOneIndex: true);
        var page = plan.Start(Lines("src==1"), []).Pages.Single();

        plan.PageArrived(page.Url, [new IndexFile { FileName = "src-1.tar.gz", Url = new Uri("https://files.example/src-1.tar.gz") }]);

        plan.IsCertain.ShouldBeFalse();
    }

    [Fact]
    public void Nothing_is_certain_before_all_has_arrived()
    {
        var plan = Universe.Plan();

        plan.Start(Lines("a==1", "b==1"), []);
        plan.IsCertain.ShouldBeFalse();
        World.Serve(plan, "a");
        plan.IsCertain.ShouldBeFalse();
    }

    [Fact]
    public void A_page_as_it_was_tells_the_file_of_a_pin_and_no_other()
    {
        var plan = Universe.Plan(hasOneIndex: true);
        var pages = plan.Start(Lines("a==1", "b", Hash + World.File("a-1").Sha256), []).Pages;

        plan.Foretell(pages[0], [World.File("a-1"), World.File("a-2")]).ShouldBe(World.File("a-1"));
        plan.Foretell(pages[0], [World.File("a-2")]).ShouldBeNull();
        plan.Foretell(pages[1], [World.File("b-1")]).ShouldBeNull();
    }

    [Fact]
    public void Where_another_index_may_have_a_better_file_no_page_is_enough()
    {
        var plan = Universe.Plan();
        var pages = plan.Start(Lines("a==1"), []).Pages;

        plan.Foretell(pages[0], [World.File("a-1")]).ShouldBeNull();
    }

    private static ReadAheadPlan Run(string requirements, string constraints)
    {
        var plan = Universe.Plan();
        World.Run(plan, Lines(requirements.Split(' ')), Lines(constraints.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        return plan;
    }

    private static IReadOnlyList<RequirementLine> Lines(params string[] lines) =>
        RequirementLine.Read(string.Join('\n', lines), _ => null);
}
