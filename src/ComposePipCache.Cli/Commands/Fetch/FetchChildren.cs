using ComposePipCache.Cli.Compose;
using ComposePipCache.Cli.Plugin;
using ComposePipCache.Cli.Processes;
using ComposePipCache.Cli.Settings;

namespace ComposePipCache.Cli.Commands.Fetch;

/// <summary>Runs the composes of one <c>fetch</c>, one after the other; all of them end with it.</summary>
internal sealed class FetchChildren(CommandServices services, bool isJson, CliPluginRelay socket, ISignalHold signals)
{
    /// <summary>Runs one that builds nothing.</summary>
    public Task<int> RunAsync(ProgramStart compose) => services.Processes.SuperviseAsync(
        compose with { Environment = socket.Hand(compose.Environment), IsOutputForReader = isJson },
        standardInput: null,
        signals,
        CancellationToken.None);

    /// <summary>Runs one that has us build, and says what our builder has to say in quiet mode.</summary>
    /// <param name="compose">On the overlay.</param>
    /// <param name="report">Where the builder tells what it got.</param>
    public async Task<int> BuildAsync(ProgramStart compose, string report)
    {
        using var announcements = AnnouncementsFile.Reserve(CacheDirectory.Locate(services.Environment));
        var isSilent = new ComposeRunner(services).IsSilent(services.Line);
        var exitCode = await RunAsync(compose with
        {
            Environment = compose.Environment
                .With(AnnouncementsFile.FetchVariable, report)
                .With(AnnouncementsFile.Variable, announcements.Path)
                .With(AnnouncementsFile.OnlyVariable, isSilent ? "1" : null),
        });
        if (announcements.Read().TrimEnd() is { Length: > 0 } text)
        {
            services.Output.Note(text);
        }

        return exitCode;
    }
}
