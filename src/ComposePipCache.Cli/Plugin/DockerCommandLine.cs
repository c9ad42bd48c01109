using ComposePipCache.Build.Engine;

namespace ComposePipCache.Cli.Plugin;

/// <summary>The command line as docker hands it over: its own options, our name, and what was typed after it.</summary>
internal sealed record DockerCommandLine
{
    public const string PluginName = "pipcache";

    private const string HookRequest = "docker-cli-plugin-hooks";

    private static readonly OptionSet DockerOptions = new(
        ["config", "context", "host", "log-level", "tlscacert", "tlscert", "tlskey"], "cHl");

    private static readonly string[] CompletionRequests = ["__complete", "__completeNoDesc"];

    /// <summary>Docker's own options, word for word, without <c>--config</c>.</summary>
    public IReadOnlyList<string> Globals { get; private init; } = [];

    /// <summary>The value of <c>--config</c>, which is ours to replace.</summary>
    public string? ConfigDirectory { get; private init; }

    public PluginRequest Request { get; private init; }

    /// <summary>The word that asked for completion, with or without descriptions.</summary>
    public string? CompletionRequest { get; private init; }

    /// <summary>Everything after our name.</summary>
    public IReadOnlyList<string> Arguments { get; private init; } = [];

    /// <summary>Which engine docker's own options choose.</summary>
    public EngineSelection Engine()
    {
        var engine = EngineSelection.None;
        var at = 0;
        while (at < Globals.Count)
        {
            var option = DockerOptions.Read(Globals, at);
            engine = option.Name switch
            {
                "context" or "c" => engine with { Context = option.Value },
                "host" or "H" => engine with { Host = option.Value },
                "tls" => engine with { Tls = IsOn(option) },
                "tlsverify" => engine with { TlsVerify = IsOn(option) },
                "tlscacert" => engine with { TlsCaCertificate = option.Value },
                "tlscert" => engine with { TlsCertificate = option.Value },
                "tlskey" => engine with { TlsKey = option.Value },
                _ => engine,
            };
            at += option.WordCount;
        }

        return engine;
    }

    /// <summary>Reads it in both forms: behind docker, where our name is among the words, and typed directly.</summary>
    public static DockerCommandLine Parse(IReadOnlyList<string> words)
    {
        var completion = words.Count > 0 && CompletionRequests.Contains(words[0]) ? words[0] : null;
        var start = completion is null ? 0 : 1;
        var globals = new List<string>();
        string? config = null;
        var at = start;
        while (at < words.Count && OptionSet.IsOption(words[at]))
        {
            var option = DockerOptions.Read(words, at);
            if (option.Name == "config")
            {
                config = option.Value;
            }
            else
            {
                globals.AddRange(words.Skip(at).Take(option.WordCount));
            }

            at += option.WordCount;
        }

        var rest = words.Skip(at).ToArray();
        var line = new DockerCommandLine
        {
            Globals = globals,
            ConfigDirectory = config,
            CompletionRequest = completion,
        };
        return rest switch
        {
            [PluginName, HookRequest, ..] => line with { Request = PluginRequest.Hook },
            [PluginName, ..] => line with { Request = RequestOf(completion), Arguments = rest[1..] },
            ["help", PluginName, ..] => line with { Request = PluginRequest.Help, Arguments = rest[2..] },
            _ => new DockerCommandLine
            {
                Request = RequestOf(completion),
                CompletionRequest = completion,
                Arguments = [.. words.Skip(start)],
            },
        };
    }

    private static bool IsOn(ReadOption option) =>
        option.Value is not ("0" or "f" or "F" or "false" or "FALSE" or "False");

    private static PluginRequest RequestOf(string? completion) =>
        completion is null ? PluginRequest.Run : PluginRequest.Complete;
}
