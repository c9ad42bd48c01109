using ComposePipCache.Build.Doorbell;
using ComposePipCache.Tests.Build.Passes;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Doorbell;

public sealed class StepAnswersTests
{
    private static readonly AnswerBasis Online = new() { Mode = StepMode.Online, PipMajor = 23 };

    [Fact]
    public void Pip_finds_the_page_and_its_cache_and_leaves_a_log()
    {
        var answers = StepAnswers.For(PipSteps.Create(), Online);

        answers["PIP_FIND_LINKS"].ShouldBe("file:///dev/pipcache/wheels/links.html");
        answers["PIP_CACHE_DIR"].ShouldBe("/dev/pipcache/cache/pip");
        answers["PIP_LOG"].ShouldBe("/dev/pipcache/log/pip.log");
        answers["PIP_NO_INDEX"].ShouldBeEmpty();
    }

    [Fact]
    public void Pip_9_cannot_read_pages_and_gets_the_folder() =>
        StepAnswers.For(PipSteps.Create(), Online with { PipMajor = 9 })["PIP_FIND_LINKS"].ShouldBe("/dev/pipcache/wheels");

    [Theory]
    [InlineData((int)StepMode.Locked)]
    [InlineData((int)StepMode.Offline)]
    public void Without_the_index_means_without_the_index(int mode) =>
        StepAnswers.For(PipSteps.Create(), Online with { Mode = (StepMode)mode })["PIP_NO_INDEX"].ShouldBe("1");

    [Fact]
    public void The_authors_own_folders_come_first() =>
        StepAnswers.For(PipSteps.Create("PIP_FIND_LINKS=/own /more"), Online)["PIP_FIND_LINKS"]
            .ShouldBe("/own /more file:///dev/pipcache/wheels/links.html");

    [Fact]
    public void Folders_of_the_images_configuration_are_not_hidden() =>
        StepAnswers.For(PipSteps.Create(), Online with { ConfiguredFindLinks = "/conf" })["PIP_FIND_LINKS"]
            .ShouldBe("/conf file:///dev/pipcache/wheels/links.html");

    [Theory]
    [InlineData("PIP_TIMEOUT", "1200")]
    [InlineData("PIP_RETRIES", "20")]
    [InlineData("PIP_LOG", "/var/log/pip.log")]
    [InlineData("PIP_NO_INDEX", "1")]
    public void What_the_author_set_stays_set(string name, string value) =>
        StepAnswers.For(PipSteps.Create($"{name}={value}"), Online with { CanFallBack = true })[name].ShouldBe(value);

    [Fact]
    public void A_cache_that_was_switched_off_is_on_again() =>
        StepAnswers.For(PipSteps.Create("PIP_NO_CACHE_DIR=1"), Online)["PIP_NO_CACHE_DIR"].ShouldBeEmpty();

    [Fact]
    public void Pip_gives_up_sooner_where_the_wheelhouse_can_step_in()
    {
        var answers = StepAnswers.For(PipSteps.Create(), Online with { CanFallBack = true });

        answers["PIP_RETRIES"].ShouldBe("2");
        answers["PIP_TIMEOUT"].ShouldBe("10");
        answers["PIP_DEFAULT_TIMEOUT"].ShouldBe("10");
    }

    [Fact]
    public void A_time_out_of_the_authors_is_not_shortened_under_its_other_name()
    {
        var answers = StepAnswers.For(PipSteps.Create("PIP_DEFAULT_TIMEOUT=1200"), Online with { CanFallBack = true });

        answers["PIP_TIMEOUT"].ShouldBeEmpty();
        answers["PIP_DEFAULT_TIMEOUT"].ShouldBe("1200");
    }
}
