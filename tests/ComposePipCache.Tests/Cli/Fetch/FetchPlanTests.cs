using ComposePipCache.Cli.Commands.Fetch;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Cli.Fetch;

public class FetchPlanTests
{
    [Fact]
    public void A_service_is_built_or_starts_from_an_image()
    {
        var plan = Plan(
            """
            services:
              web:
                build:
                  context: /p
                image: shop/web:1
              db:
                image: postgres:17
              cache: {image: docker.io/library/postgres:17}
            """);

        plan.Built.Select(service => service.Name).ShouldBe(["web"]);
        var image = plan.Images.ShouldHaveSingleItem();
        image.Name.ShouldBe("postgres:17");
        image.Services.ShouldBe(["db", "cache"]);
        image.IsComposes.ShouldBeTrue();
    }

    [Fact]
    public void An_image_that_another_service_builds_is_not_pulled() =>
        Plan(
            """
            services:
              web: {build: {context: /p}, image: shop}
              worker: {image: "shop:latest"}
            """).Images.ShouldBeEmpty();

    [Fact]
    public void What_no_container_is_made_of_needs_no_image() =>
        Plan("services: {a: {provider: {type: x}, image: y}, b: {}}").Images.ShouldBeEmpty();

    [Fact]
    public void Images_of_volumes_and_of_what_runs_before_are_needed_as_well()
    {
        var plan = Plan(
            """
            services:
              web:
                build: {context: /p}
                volumes:
                  - {type: image, source: assets:1, target: /a}
                  - {type: bind, source: /x, target: /y}
                pre_start:
                  - {image: migrate:2, command: [x]}
            """);

        plan.Images.Select(image => image.Name).ShouldBe(["assets:1", "migrate:2"]);
        plan.Images.ShouldAllBe(image => !image.IsComposes);
    }

    [Fact]
    public void A_platform_of_its_own_goes_before_that_of_all()
    {
        var plan = Plan(
            """
            services:
              a: {image: x, platform: linux/arm/v7}
              b: {image: x}
            """,
            "linux/arm64");

        plan.Images.Select(image => image.Platform).ShouldBe(["linux/arm/v7", "linux/arm64"]);
    }

    [Fact]
    public void A_project_may_forbid_to_pull() =>
        Plan("services: {a: {image: x, pull_policy: never}}").Images.ShouldHaveSingleItem().IsNeverPulled.ShouldBeTrue();

    [Theory]
    [InlineData("{}")]
    [InlineData("services: {}")]
    [InlineData("services:")]
    public void A_project_may_be_empty(string yaml)
    {
        var plan = Plan(yaml);

        plan.Built.ShouldBeEmpty();
        plan.Images.ShouldBeEmpty();
    }

    private static FetchPlan Plan(string yaml, string? platform = null) => FetchPlan.Of(ModelReader.Parse(yaml), platform);
}
