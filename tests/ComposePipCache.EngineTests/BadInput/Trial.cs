using CliWrap;
using CliWrap.Buffered;
using ComposePipCache.Bed;

namespace ComposePipCache.EngineTests.BadInput;

/// <summary>A way to call docker, for compose and for us alike.</summary>
internal sealed record Trial(Engine Engine, string Folder)
{
    /// <summary>Added to the engine's environment.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();

    public string Input { get; init; } = "";

    /// <summary>Programs to call docker through.</summary>
    public IReadOnlyList<string> Through { get; init; } = [];

    /// <summary>Root passes over file modes by two capabilities; without them it is a user like any other.</summary>
    public Trial AsOrdinaryUser() =>
        this with { Through = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", .. Through] };

    public Trial With(string name, string? value) =>
        this with { Variables = new Dictionary<string, string?>(Variables) { [name] = value } };

    public Task<Answer> ComposeAsync(params string[] words) => RunAsync(["compose", .. words]);

    public Task<Answer> PipCacheAsync(params string[] words) => RunAsync(["pipcache", .. words]);

    private async Task<Answer> RunAsync(string[] words)
    {
        string[] line = [.. Through, Engine.Docker, .. words];
        var result = await Engine.Command(Folder)
            .WithTargetFile(line[0])
            .WithArguments(line[1..])
            .WithEnvironmentVariables(Engine.Environment().Concat(Variables)
                .GroupBy(variable => variable.Key).ToDictionary(same => same.Key, same => same.Last().Value))
            .WithStandardInputPipe(PipeSource.FromString(Input))
            .ExecuteBufferedAsync();
        return new Answer(result.ExitCode, result.StandardOutput, result.StandardError);
    }
}
