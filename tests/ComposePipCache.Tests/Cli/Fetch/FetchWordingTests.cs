using ComposePipCache.Build.Fetch;
using ComposePipCache.Cli.Commands.Fetch;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Cli.Fetch;

public class FetchWordingTests
{
    [Fact]
    public void Nothing_to_get_is_said() => FetchWording.Done(Document(ready: true))
        .ShouldBe("all is there, nothing was to be got: ready for `docker pipcache up --build --offline`");

    [Fact]
    public void What_was_got_is_counted()
    {
        var document = Document(ready: true, Image("a", ImageState.Pulled, 2 * 1024 * 1024), Image("b", ImageState.Pulled, 1024 * 1024)) with
        {
            Wheels = new FetchedWheels(1, 999),
        };

        FetchWording.Done(document)
            .ShouldBe("got 2 images (3.0 MiB) and 1 package (999 B): ready for `docker pipcache up --build --offline`");
    }

    [Fact]
    public void Bytes_that_are_not_known_are_not_told() =>
        FetchWording.Done(Document(ready: true, Image("a", ImageState.Pulled, null)))
            .ShouldStartWith("got 1 image: ready");

    [Fact]
    public void Without_a_build_nobody_is_told_to_be_ready() => FetchWording.Done(Document(ready: false))
        .ShouldBe("all is there, nothing was to be got; nothing was built: "
            + "steps that fetch by themselves (apt, curl) still need the network");

    [Fact]
    public void A_look_names_what_is_missing()
    {
        var document = Document(ready: false, Image("redis:7", ImageState.Absent, 0), Image("here", ImageState.Present, 0)) with
        {
            Services = [new FetchedService("web", FetchedService.Unbuilt)],
            Steps =
            [
                new FetchedStep("web", "RUN pip install x", IsKnown: false, 0, []),
                new FetchedStep("web", "RUN pip install y", IsKnown: true, 9, ["a", "b", "c", "d", "e", "f", "g"]),
                new FetchedStep("web", "RUN pip install z", IsKnown: true, 9, []),
            ],
        };

        FetchWording.Look(document).ShouldBe(
        [
            "would pull redis:7 for svc",
            "web: what RUN pip install x needs is not known before it is built",
            "web: RUN pip install y lacks 7 of 9 files: a; b; c; d; e and 2 more",
            "would build web",
        ]);
    }

    [Fact]
    public void One_image_that_failed_is_told_with_its_reason()
    {
        var error = FetchWording.Incomplete(Document(ready: false, Image("redis:7", ImageState.Failed, 0) with { Problem = "no route" }));

        error.What.ShouldBe("not everything is there: redis:7 for svc");
        error.Why.ShouldBe("no route");
    }

    [Fact]
    public void Of_several_each_is_told_with_its_own()
    {
        var error = FetchWording.Incomplete(Document(
            ready: false,
            Image("a", ImageState.Failed, 0) with { Problem = "x" },
            Image("b", ImageState.Failed, 0) with { Problem = "y" },
            Image("c", ImageState.Failed, 0) with { IsOptional = true }));

        error.What.ShouldBe("not everything is there: a for svc; b for svc");
        error.Why.ShouldBe("a: x\nb: y");
    }

    [Fact]
    public void A_build_that_failed_has_given_its_reason_already()
    {
        var error = FetchWording.Incomplete(Document(ready: false) with { Services = [new FetchedService("web", FetchedService.Failed)] });

        error.What.ShouldBe("not everything is there: web could not be made ready");
        error.Why.ShouldBeNullOrEmpty();
    }

    [Fact]
    public void An_image_that_several_need_is_one()
    {
        var merged = FetchedImage.Merge(
        [
            Image("a", ImageState.Present, 0) with { Services = ["web"], IsOptional = true },
            Image("a", ImageState.Pulled, 7) with { Services = ["api", "web"] },
            Image("a", ImageState.Present, 0) with { Platform = "linux/arm64" },
        ]);

        merged.Count.ShouldBe(2);
        merged[0].State.ShouldBe(ImageState.Pulled);
        merged[0].Bytes.ShouldBe(7);
        merged[0].Services.ShouldBe(["web", "api"]);
        merged[0].IsOptional.ShouldBeFalse();
    }

    private static FetchDocument Document(bool ready, params FetchedImage[] images) =>
        new() { Ready = ready, Images = images, Services = [] };

    private static FetchedImage Image(string name, ImageState state, long? bytes) =>
        new() { Name = name, State = state, Bytes = bytes, Services = ["svc"] };
}
