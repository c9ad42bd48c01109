using ComposePipCache.Python.Index;
using ComposePipCache.Python.Requirements;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Index;

public class ReadAheadPlanTests
{
    private static readonly Universe World = new Universe()
        .Add("app-1.0", "lib>=1", "extra-lib ; extra == 'full'", "windows-only ; sys_platform == 'win32'")
        .Add("app-2.0", "lib<2", "extra-lib ; extra == 'full'", "open-lib ; platform_release >= '5'")
        .Add("lib-1.0", "leaf").Add("lib-1.5", "leaf>=2").Add("lib-2.0", "other")
        .Add("leaf-1.0").Add("leaf-2.0").Add("other-1.0").Add("extra-lib-1.0", "app");

    [Fact]
    public void Pages_are_asked_on_every_index_and_each_once()
    {
        var plan = Universe.Plan();

        var first = plan.Start(Lines("app", "lib>=1", "app>=1.0"), []);
        var again = plan.Start(Lines("app"), []);

        first.Pages.Select(page => page.Url.AbsoluteUri).ShouldBe(
        [
            "https://one.example/simple/app/", "https://two.example/x/app/",
            "https://one.example/simple/lib/", "https://two.example/x/lib/",
        ]);
        again.IsEmpty.ShouldBeTrue();
        plan.IsSettled.ShouldBeFalse();
    }

    [Fact]
    public void What_applies_of_the_dependencies_is_followed_to_its_end()
    {
        var log = World.Run(Universe.Plan(), Lines("app"), []);

        log.Projects.ShouldBe(["app", "leaf", "lib"], ignoreOrder: true);
        log.Chosen.ShouldBe(["app-2.0", "leaf-2.0", "lib-1.5"]);
        log.Likely.ShouldBe(["app-2.0", "leaf-2.0", "lib-1.5"], ignoreOrder: true);
        log.Certain.ShouldBeEmpty();
    }

    [Fact]
    public void Extras_bring_their_own_and_markers_that_are_open_bring_nothing()
    {
        var log = World.Run(Universe.Plan(), Lines("app[full]"), []);

        log.Projects.ShouldContain("extra-lib");
        log.Projects.ShouldNotContain("windows-only");
        log.Projects.ShouldNotContain("open-lib");
    }

    [Fact]
    public void A_pinned_file_is_fetched_before_its_METADATA_is_known()
    {
        var plan = Universe.Plan();
        plan.Start(Lines("app==2.0"), []);

        World.Serve(plan, "app").Files.ShouldHaveSingleItem().FileName.ShouldStartWith("app-2.0");
    }

    [Fact]
    public void A_pin_in_the_constraints_is_as_certain_and_a_pin_of_a_guess_is_not()
    {
        var world = new Universe().Add("app-1.0", "lib==1.0").Add("app-2.0", "lib==2.0").Add("lib-1.0").Add("lib-2.0");

        var constrained = world.Run(Universe.Plan(), Lines("app"), Lines("app==1.0"));
        var guessed = world.Run(Universe.Plan(), Lines("app"), []);

        constrained.Certain.ShouldBe(["app-1.0", "lib-1.0"]);
        constrained.Likely.ShouldBeEmpty();
        guessed.Certain.ShouldBeEmpty();
        guessed.Likely.ShouldBe(["app-2.0", "lib-2.0"]);
    }

    [Fact]
    public void A_constraint_alone_asks_for_nothing()
    {
        var log = World.Run(Universe.Plan(), Lines("other"), Lines("app==1.0", "leaf<2"));

        log.Projects.ShouldBe(["other"]);
    }

    [Fact]
    public void A_narrower_demand_leads_to_another_file()
    {
        var world = new Universe().Add("a-1", "b").Add("b-1", "c<2").Add("c-1").Add("c-2", "d").Add("d-1");

        var log = world.Run(Universe.Plan(), Lines("a", "c"), []);

        log.Chosen.ShouldBe(["a-1", "b-1", "c-1", "d-1"]);
    }

    [Fact]
    public void A_wheel_without_METADATA_is_fetched_itself_and_nothing_is_fetched_without_dependencies()
    {
        var world = new Universe(hasMetadata: false).Add("a-1", "b").Add("b-1");

        world.Run(Universe.Plan(), Lines("a"), []).Certain.ShouldBe(["a-1", "b-1"]);
        world.Run(Universe.Plan(isNoDeps: true), Lines("a"), []).Projects.ShouldBe(["a"]);
    }

    [Fact]
    public void Build_requirements_are_met_apart_from_the_others()
    {
        var world = new Universe().Add("setuptools-60").Add("setuptools-80").Add("hatchling-1", "pathspec")
            .Add("pathspec-1").Add("wheel-1");
        var plan = Universe.Plan();
        plan.Start(Lines("setuptools<70"), []);
        var wants = plan.AddBuild("[build-system]\nrequires = [\"hatchling\"]\n");
        plan.AddBuild("[build-system]\nrequires = [\"hatchling\"]\n").IsEmpty.ShouldBeTrue();
        plan.AddBuild(null).Pages.Select(page => page.Project).Distinct().ShouldBe(["wheel"]);

        wants.Pages.Select(page => page.Project).Distinct().ShouldBe(["hatchling"]);
        world.RunOn(plan).Chosen.ShouldBe(["hatchling-1", "pathspec-1", "setuptools-60", "setuptools-80", "wheel-1"]);
    }

    [Fact]
    public void Pages_of_links_are_asked_once_for_all_projects()
    {
        var links = new Uri("https://links.example/all.html");
        var plan = Universe.Plan(links: [links]);

        plan.Start(Lines("app", "lib"), []).Pages.Count(page => page.Url == links).ShouldBe(1);
        World.Serve(plan, "lib").IsEmpty.ShouldBeTrue();
        var file = new IndexFile { FileName = "lib-9.0.tar.gz", Url = new Uri("https://links.example/lib-9.0.tar.gz") };
        plan.PageArrived(links, [file]).Files.ShouldBe([file]);
    }

    [Fact]
    public void Hashes_decide_and_are_certain()
    {
        var plan = Universe.Plan();
        var sha256 = World.File("lib-1.0").Sha256;
        plan.Start(Lines($"lib --hash=sha256:{sha256}"), []);

        World.Serve(plan, "lib").Files.ShouldBe([World.File("lib-1.0")]);
    }

    [Fact]
    public void The_number_of_projects_is_limited()
    {
        var world = new Universe();
        for (var index = 0; index < 50; index++)
        {
            world.Add($"p{index}-1", $"p{index + 1}");
        }

        world.Run(Universe.Plan(limit: 10), Lines("p0"), []).Projects.Count.ShouldBe(10);
    }

    [Fact]
    public void What_nobody_asked_for_is_passed_over()
    {
        var plan = Universe.Plan();
        var lines = Lines(
            "-e .", "https://h/x.whl", "./lib", "-i https://i/", "git+https://g/r", "app ; os_name == 'nt'");
        plan.Start(lines, []).IsEmpty.ShouldBeTrue();

        plan.PageArrived(new Uri("https://else.example/"), [World.File("app-1.0")]).IsEmpty.ShouldBeTrue();
        plan.IsSettled.ShouldBeTrue();
    }

    [Fact]
    public void The_order_of_arrival_changes_nothing_and_everything_is_asked_once()
    {
        var requirement = Gen.Select(
            Gen.Int[0, 5], Pick("", ">=2", "<3", "==1", "[x]"), Pick("", "", " ; extra == 'x'", " ; os_name == 'nt'"),
            (project, what, marker) => $"p{project}{what}{marker}");
        var release = Gen.Select(Gen.Int[0, 5], Gen.Int[1, 3], requirement.Array[0, 3]);
        Gen.Select(release.Array[0, 14], requirement.Array[1, 3], Gen.Int[0, 1000], Gen.Int[0, 1000], Gen.Bool).Sample(
            (releases, roots, seed, otherSeed, hasMetadata) =>
            {
                var world = new Universe(hasMetadata);
                foreach (var (project, version, requires) in releases)
                {
                    world.Add($"p{project}-{version}", requires);
                }

                var one = world.Run(Universe.Plan(), Lines(roots), [], seed);
                var other = world.Run(Universe.Plan(), Lines(roots), [], otherSeed);

                one.Chosen.ShouldBe(other.Chosen);
                one.IsSettled.ShouldBeTrue();
                foreach (var log in (Universe.Log[])[one, other])
                {
                    log.Asked.ShouldBeUnique();
                    log.Asked.Count.ShouldBeLessThanOrEqualTo(6 * 2 + (3 * 6 * 2));
                }
            });
    }

    private static Gen<string> Pick(params string[] texts) =>
        Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static IReadOnlyList<RequirementLine> Lines(params string[] lines) =>
        RequirementLine.Read(string.Join('\n', lines), _ => null);
}
