using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Cli;

/// <summary>Real processes all the way: our executable, and a compose that answers what it is asked.</summary>
public sealed class LiveProjectSettingsTests : IDisposable
{
    private readonly LiveCli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task What_compose_says_of_the_project_is_in_the_builders_settings()
    {
        _cli.Folder.Write("compose.yaml", "x-pipcache: {find-links: [w], retries: 7}\n");
        _cli.Folder.Write("w/foo-1.0-py3-none-any.whl", "");
        _cli.Compose(
            """
            case "$*" in
              *" config "*) cat compose.yaml; echo "services: {web: {build: {x-pipcache: {enabled: false}}}}"; exit;;
            esac
            cat "$PIPCACHE_SETTINGS"
            echo said >> "$PIPCACHE_ANNOUNCEMENTS"
            """);

        var run = await _cli.RunAsync("docker-pipcache", ["--strict", "up"]);

        run.ExitCode.ShouldBe(0);
        run.Error.ShouldBe("said\n");
        run.Output.ShouldBe(
            $$"""{"version":1,"cacheDirectory":"{{_cli.Folder.At("cache")}}","findLinks":["{{_cli.Folder.At("w")}}"],"""
            + "\"retries\":7,\"strict\":true,\"disabledTargets\":[\"web\"]}");
    }

    [Fact]
    public async Task A_mistake_in_them_ends_the_command_before_anything_is_started()
    {
        _cli.Folder.Write("compose.yaml", "x-pipcache: {ofline: true}\n");
        _cli.Compose("""case "$*" in *" config "*) cat compose.yaml; exit;; esac; echo started""");

        var run = await _cli.RunAsync("docker-pipcache", ["up"]);

        run.ShouldBe(new LiveCli.Finished(
            1,
            "",
            $"""
            ERROR: unknown key `x-pipcache.ofline`
            cause: it is set in {_cli.Folder.At("compose.yaml")}
            hint:  did you mean `offline`?

            """));
    }
}
