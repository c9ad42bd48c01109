using ComposePipCache.Bed;
using ComposePipCache.TestIndex;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>An offline build that cannot come to its end, and builds whose users want the index or nothing.</summary>
public class OfflineGapTests
{
    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task Everything_that_is_missing_is_named_at_once(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var index = await OwnIndex.StartAsync("one");
        var name = index.Name("one");
        await using var project = ComposeProject.FromFiles(
            engine,
            ("compose.yaml", """
                services:
                  web: {build: {context: ., dockerfile_inline: "FROM python:3.11\nRUN pip install NAME\n"}}
                  tools: {build: {context: ., dockerfile_inline: "FROM python:3.11\nRUN curl -fsS http://192.0.2.1/x\n"}}
                  other: {build: {context: ., dockerfile_inline: "FROM nosuch:1\nRUN echo\n"}}
                  good: {build: {context: ., dockerfile_inline: "FROM python:3.11\nRUN echo good\n"}}

                """.Replace("NAME", name, StringComparison.Ordinal)));

        var build = await project.PipCacheAsync("--offline", "--progress", "plain", "build");

        build.ExitCode.ShouldBe(1);
        var text = build.Everything();
        text.ShouldContain("pipcache: this build is offline, and lacks", Case.Sensitive);
        text.ShouldContain($"web: {name} for one: its step was not built with the network yet", Case.Sensitive);
        text.ShouldContain("tools: the network for `curl http://192.0.2.1/x`", Case.Sensitive);
        text.ShouldContain("other: the image docker.io/library/nosuch:1", Case.Sensitive);
        text.ShouldNotContain("good: ", Case.Sensitive);
        index.Server.Snapshot().Total.Requests.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task A_build_that_may_not_fall_back_fails_where_another_takes_what_is_there(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var index = await OwnIndex.StartAsync("one");
        await using var project = PipProject.Create(engine, index, index.Requirements("", "one"));
        (await project.BuildAsync()).ShouldSucceed();
        await index.Server.SetModeAsync(ServingMode.Away);
        project.AddComment();

        var strict = await project.RunAsync("--strict", "--refresh", "--retries", "0", "--progress", "plain", "build");
        var online = await project.RunAsync("--online", "--retries", "0", "--progress", "plain", "build");
        var other = await project.RunAsync("--refresh", "--progress", "plain", "build");

        foreach (var build in new[] { strict, online })
        {
            build.ShouldFail();
            build.Announcements.ShouldBeEmpty(build.Text);
            build.Text.ShouldContain("the index cannot be reached (connection refused)", Case.Sensitive);
        }

        other.ShouldSucceed();
        other.Announcements.ShouldBe(
            ["[web pip] index unreachable (connection refused) → offline: 1 of 1 file from the wheelhouse, locked just now"], other.Text);
    }

    [Fact]
    public async Task A_step_that_cannot_be_served_is_named_when_it_runs()
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var index = await OwnIndex.StartAsync("one");
        await using var project = PipProject.Create(
            engine, index, index.Requirements("==1.0", "one"), $"--index-url {index.Url} --trusted-host {new Uri(index.Url).Host}", "env -i $(which pip) install");

        var first = (await project.BuildAsync()).ShouldSucceed();
        var second = (await project.BuildAsync()).ShouldSucceed();

        first.Announcements.ShouldBe(["[web pip] not served: `env -i` keeps our settings from pip"], first.Text);
        second.Announcements.ShouldBeEmpty(second.Text);
    }
}
