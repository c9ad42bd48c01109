using ComposePipCache.Build;
using ComposePipCache.Cli.Compose;
using ComposePipCache.Cli.Output;
using ComposePipCache.Cli.Plugin;
using ComposePipCache.Cli.Processes;

namespace ComposePipCache.Cli.Commands;

/// <summary>What a command may use of the world.</summary>
internal sealed record CommandServices(EnvironmentSnapshot Environment, IProcessHost Processes, IOutput Output)
{
    public ITerminal Terminal { get; init; } = NoTerminal.Instance;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Docker's part of the command line, which chooses the engine.</summary>
    public DockerCommandLine Docker { get; init; } = new();

    /// <summary>What was typed after our name; a verb of ours finds compose's options in it.</summary>
    public ComposeCommandLine Line { get; init; } = ComposeCommandLine.Parse([]);
}
