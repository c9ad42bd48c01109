using ComposePipCache.Build.Fetch;
using ComposePipCache.Tests.Cli;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Fetch;

public sealed class FetchReportTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_a_builder_tells_arrives()
    {
        var image = new ImageReport("python:3.13", ImageState.Failed) { Platform = "linux/arm64", Bytes = 7, Problem = "gone", IsOptional = true };
        var step = new StepReport("RUN pip install x", IsKnown: true, 3, ["x-1.whl"]);
        using (var report = new FetchReport(_folder.At("r")))
        {
            await report.WriteAsync(new FetchNote("web") { Image = image });
            await report.WriteAsync(new FetchNote("api") { Step = step });
        }

        var notes = FetchReport.Read(_folder.At("r"));

        notes.Select(note => note.Target).ShouldBe(["web", "api"]);
        notes[0].Image.ShouldBe(image);
        notes[1].Step.ShouldNotBeNull().Missing.ShouldBe(["x-1.whl"]);
    }

    [Fact]
    public async Task A_line_that_a_killed_builder_left_half_done_is_passed_over()
    {
        using (var report = new FetchReport(_folder.At("r")))
        {
            await report.WriteAsync(new FetchNote("web"));
        }

        await File.AppendAllTextAsync(_folder.At("r"), "{\"target\":\"ap", TestContext.Current.CancellationToken);

        FetchReport.Read(_folder.At("r")).ShouldHaveSingleItem().Target.ShouldBe("web");
    }

    [Fact]
    public void A_builder_that_told_nothing_told_nothing() => FetchReport.Read(_folder.At("none")).ShouldBeEmpty();
}
