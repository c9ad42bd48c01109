using System.Text;
using ComposePipCache.Build;
using ComposePipCache.Build.Bake;
using ComposePipCache.Build.Fetch;
using ComposePipCache.Cli.Compose;
using ComposePipCache.Cli.Errors;
using ComposePipCache.Cli.Output;
using ComposePipCache.Cli.Settings;

namespace ComposePipCache.Cli.Commands.Fetch;

/// <summary>Our builder without compose, which would say that images were built where none was.</summary>
/// <remarks>Values of secrets that are in the project's .env alone are not found: compose hands those on.</remarks>
internal sealed class HeadlessBuild(CommandServices services)
{
    // What compose grants where a service asks for it in the compose file.
    private static readonly string[] Arguments =
        ["bake", "--file", "-", "--progress", "rawjson", "--allow", "security.insecure"];

    /// <summary>Runs it on services; its failure is shown.</summary>
    /// <param name="names">The services.</param>
    /// <param name="settings">What holds for them.</param>
    /// <param name="mode">How far to go.</param>
    /// <param name="report">Where it is to tell what it found.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(
        IEnumerable<string> names,
        BuilderSettings settings,
        FetchMode mode,
        string report,
        CancellationToken cancellationToken)
    {
        var words = services.Line.Globals.Where(word => word != "--dry-run").Concat(["build", "--print", .. names]);
        var print = new ComposeRunner(services).Start(services.Docker, words);
        var run = await services.Processes.CaptureAsync(
            print with { Environment = print.Environment.With("COMPOSE_BAKE", "1") }, cancellationToken);
        if (run.ExitCode != 0 || !run.StandardOutput.TrimStart().StartsWith('{'))
        {
            throw new PipCacheException(CliErrors.NoBuildDefinition);
        }

        await using var progress = new PlainProgress(services.Output, areStepsShown: mode != FetchMode.Look);
        var environment = services.Docker.ConfigDirectory is { } directory
            ? services.Environment.With("DOCKER_CONFIG", services.Environment.FullPath(directory))
            : services.Environment;
        return await BakeCommand.RunAsync(
            new BakeInvocation
            {
                Arguments = Arguments,
                StandardInput = new MemoryStream(Encoding.UTF8.GetBytes(run.StandardOutput)),
                StandardError = progress,
                Environment = environment,
                Engine = services.Docker.Engine(),
                Pip = settings.ToPipSettings(announcementsFile: null) with { Fetch = mode, FetchReport = report },
                WorkingDirectory = environment.CurrentDirectory,
                CacheDirectory = CacheDirectory.Locate(environment),
            },
            cancellationToken);
    }
}
