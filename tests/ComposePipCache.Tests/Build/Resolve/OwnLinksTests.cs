using ComposePipCache.Build.Doorbell;
using ComposePipCache.Build.Passes;
using ComposePipCache.Build.Resolve.Relaying;
using ComposePipCache.Build.Resolve.Steps;
using ComposePipCache.Wheelhouse.Store;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Resolve;

public class OwnLinksTests
{
    private const string Variable = "PIP_FIND_LINKS";

    private static readonly RelayCommand Pip = new(["pip", "install", "--dry-run", "x"]);

    private static readonly OfferedFile Own = Offer("own-1.0-0-py3-none-any.whl", isOwn: true);
    private static readonly OfferedFile Earlier = Offer("earlier-1.0-0-py3-none-any.whl", isOwn: false);

    [Fact]
    public void The_users_files_are_offered_beside_the_steps_own_links_and_others_are_not()
    {
        var offered = OwnLinks.Offer(Pip, "/relay", $"/theirs {InjectedMounts.LinksPage}", [Own, Earlier]);

        offered.Set[Variable].ShouldBe("/theirs file:///relay/own-links.html");
        var page = offered.Files["own-links.html"];
        page.ShouldContain($"file://{InjectedMounts.Wheels}/own-1.0-0-py3-none-any.whl#sha256={Own.Stored.Sha256}");
        page.ShouldNotContain("earlier");
    }

    [Fact]
    public void Without_files_of_the_users_nothing_is_offered() =>
        OwnLinks.Offer(Pip, "/relay", InjectedMounts.LinksPage, [Earlier]).ShouldBe(Pip);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/theirs")]
    [InlineData("/dev/pipcache/wheels")]
    public void Where_the_step_does_not_get_the_page_neither_does_this_pip(string? answer) =>
        OwnLinks.Offer(Pip, "/relay", answer, [Own]).ShouldBe(Pip);

    [Fact]
    public void A_command_that_sets_the_variable_itself_keeps_its_value()
    {
        var set = Pip with { Set = new Dictionary<string, string> { [Variable] = "/elsewhere" } };
        var unset = Pip with { Unset = [Variable] };

        OwnLinks.Offer(set, "/relay", InjectedMounts.LinksPage, [Own]).ShouldBe(set);
        OwnLinks.Offer(unset, "/relay", InjectedMounts.LinksPage, [Own]).ShouldBe(unset);
    }

    private static OfferedFile Offer(string name, bool isOwn) =>
        new(name, new StoredFile(new string(isOwn ? 'a' : 'b', 64), name, "/store/" + name, 10), isOwn);
}
