using System.Globalization;
using System.Text;
using ComposePipCache.Bed;
using ComposePipCache.EngineTests.Images;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests;

/// <summary>All targets of a project are built at once, and those that others build on come first.</summary>
public class ManyTargetsTests
{
    // Chains of this length stand beside each other.
    private const int Length = 5;

    private static readonly int Count = Scale.Of(10, 100);

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task Chains_of_services_give_the_images_that_compose_makes(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var project = ComposeProject.FromFiles(engine, ("compose.yaml", Model()));
        for (var service = 0; service < Count; service++)
        {
            project.Write($"s{service}/file", string.Create(CultureInfo.InvariantCulture, $"{service}\n"));
        }

        await engine.PruneAsync();
        (await project.ComposeAsync("build")).ExitCode.ShouldBe(0);
        var images = await project.ImagesAsync();
        var wanted = await HistoriesAsync(engine, images);
        var last = await ImageSnapshot.TakeAsync(engine, images[Last]);
        await engine.SucceedAsync("/", ["rmi", "-f", .. images.Values]);
        await engine.PruneAsync();

        var build = await project.PipCacheAsync("build");

        build.ExitCode.ShouldBe(0, build.StandardOutput + build.StandardError);
        images.Count.ShouldBe(Count);
        (await HistoriesAsync(engine, images)).ShouldBe(wanted);
        (await ImageSnapshot.TakeAsync(engine, images[Last])).DifferencesTo(last).ShouldBeEmpty();
    }

    private static string Last => string.Create(CultureInfo.InvariantCulture, $"s{Count - 1}");

    private static string Model()
    {
        var model = new StringBuilder("services:\n");
        for (var service = 0; service < Count; service++)
        {
            var isFirst = service % Length == 0;
            model.Append(CultureInfo.InvariantCulture, $"  s{service}:\n    build:\n      context: s{service}\n")
                .Append(isFirst ? "" : $"      additional_contexts: {{base: \"service:s{service - 1}\"}}\n")
                .Append("      dockerfile_inline: |\n")
                .Append(isFirst ? "        FROM busybox\n" : "        FROM base\n")
                .Append(CultureInfo.InvariantCulture, $"        COPY file /chain/{service}\n")
                .Append("        RUN cat /chain/* > /all\n");
        }

        return model.ToString();
    }

    private static async Task<IReadOnlyList<string>> HistoriesAsync(
        Engine engine,
        IReadOnlyDictionary<string, string> images)
    {
        var histories = new List<string>();
        foreach (var (service, image) in images.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            string[] words = ["history", "--no-trunc", "--format", "{{.CreatedBy}} {{.Size}}", image];
            histories.Add($"{service}\n{await engine.SucceedAsync("/", words)}");
        }

        return histories;
    }
}
