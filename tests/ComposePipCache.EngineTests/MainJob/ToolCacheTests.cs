using System.Globalization;
using ComposePipCache.Bed;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>Tools other than pip keep what they downloaded between builds.</summary>
/// <remarks>
/// Debian has none of them as a wheel that fits the images, so a script with the tool's name stands in: it shows what is in
/// the folder that the tool's own variable names, and leaves something there.
/// </remarks>
public class ToolCacheTests
{
    public static TheoryData<string, string, string> Tools => new()
    {
        { "uv", "UV_CACHE_DIR", "uv sync" },
        { "poetry", "POETRY_CACHE_DIR", "poetry install" },
        { "pipenv", "PIPENV_CACHE_DIR", "pipenv install --deploy" },
        { "pdm", "PDM_CACHE_DIR", "pdm sync" },
    };

    [Theory]
    [MemberData(nameof(Tools))]
    public async Task A_tool_finds_its_cache_again(string tool, string variable, string command)
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await engine.PruneAsync();
        await using var project = ComposeProject.FromFiles(
            engine, ("compose.yaml", "services: {web: {build: .}}\n"), ("Dockerfile", Dockerfile(tool, variable, command, turn: 1)));
        var first = await project.PipCacheAsync("--progress", "plain", "build");
        project.Write("Dockerfile", Dockerfile(tool, variable, command, turn: 2));

        var second = await project.PipCacheAsync("--progress", "plain", "build");

        first.ShouldHaveBuilt();
        first.Everything().ShouldContain("kept: none of 1000", Case.Sensitive, first.Everything());
        second.ShouldHaveBuilt();
        second.Everything().ShouldContain("kept: left-by-1 of 1000", Case.Sensitive, second.Everything());
        var image = (await project.ImagesAsync())["web"];
        (await engine.SucceedAsync("/", "run", "--rm", image, "sh", "-c", $"env | grep -c {variable} || true")).Trim().ShouldBe("0");
    }

    private static string Dockerfile(string tool, string variable, string command, int turn) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        FROM python:3.11
        COPY --chmod=755 <<"EOF" /usr/local/bin/{{tool}}
        #!/bin/sh
        kept=$(ls -A "${{variable}}")
        echo "kept: ${kept:-none} of $(id -u)"
        touch "${{variable}}/left-by-$TURN"
        EOF
        USER 1000
        ENV TURN={{turn}}
        RUN {{command}}

        """);
}
