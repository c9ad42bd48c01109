using ComposePipCache.Bed;
using ComposePipCache.TestIndex.Catalog;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>Whoever a step runs as, pip has a cache it may write to and its log is written.</summary>
public class AnyUserTests
{
    // What pip did with its folders is looked at while they are there.
    private const string Look =
        "find \"$PIP_CACHE_DIR\" -path '*http*' -type f -user \"$(id -u)\" | grep -q . && test -s \"$PIP_LOG\"";

    // With another command before it a step is not resolved ahead, so pip downloads by itself.
    private const string Before = "mkdir -p /tmp/before &&";

    private static readonly (string Service, string Lines)[] Users =
    [
        ("root", $"RUN {Before} pip install alpha && {Look}"),
        ("homeless", $"USER 1000\nRUN {Before} pip install --target /tmp/to alpha && {Look}"),
        ("named", $"RUN useradd -m app\nUSER app\nRUN {Before} pip install --user alpha && {Look}"),
        ("number-of-a-name", $"RUN useradd -m -u 1000 app\nUSER 1000:1000\nRUN {Before} pip install --user alpha && {Look}"),
        ("home", $"RUN mkdir /h && chown 1000 /h\nENV HOME=/h\nUSER 1000\nRUN {Before} pip install --user alpha && {Look}"),
        ("closed-home", $"RUN mkdir -m 555 /h\nENV HOME=/h\nUSER 1000\nRUN {Before} pip install --target /tmp/to alpha && {Look}"),
        ("venv", $"RUN python -m venv /venv && chown -R 1000 /venv\nUSER 1000\nRUN {Before} /venv/bin/pip install alpha && {Look}"),
    ];

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task The_cache_is_on_and_pip_has_nothing_to_say_of_it(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        // All views are made while other steps run.
        await engine.PruneAsync();
        await using var index = await LocalIndex.StartAsync(new TinyWheel("alpha", "1.0") { PayloadSize = 5000 });
        await using var project = ComposeProject.FromFiles(
            engine,
            [
                ("compose.yaml", "services:\n" + string.Concat(Users.Select(user =>
                    $"  {user.Service}: {{build: {{context: ., dockerfile: {user.Service}.Dockerfile}}}}\n"))),
                .. Users.Select(user => (
                    $"{user.Service}.Dockerfile", $"FROM python:3.11\n{index.Variables}\n{user.Lines}\n")),
            ]);

        var build = await project.PipCacheAsync("--progress", "plain", "build");

        build.ShouldHaveBuilt();
        var text = build.Everything();
        text.ShouldNotContain("cache has been disabled", Case.Sensitive);
        text.ShouldNotContain("WARNING: The directory", Case.Sensitive);
        text.ShouldNotContain("Permission denied", Case.Insensitive);
        text.ShouldNotContain("→", Case.Sensitive);
    }

    [Fact]
    public async Task A_second_user_is_served_after_a_first_one()
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var index = await LocalIndex.StartAsync(new TinyWheel("alpha", "1.0"), new TinyWheel("bravo", "1.0"));
        await using var project = ComposeProject.FromFiles(
            engine,
            ("compose.yaml", "services: {web: {build: .}}\n"),
            ("Dockerfile", $"""
                FROM python:3.13
                {index.Variables}
                RUN {Before} pip install --target /tmp/one --no-cache-dir alpha && {Look}
                USER 1000
                RUN {Before} pip install --target /tmp/two alpha bravo && {Look}

                """));

        var build = await project.PipCacheAsync("--progress", "plain", "build");

        build.ShouldHaveBuilt();
        build.Everything().ShouldNotContain("WARNING: The directory", Case.Sensitive);
    }
}
