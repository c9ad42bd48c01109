using ComposePipCache.Build;
using ComposePipCache.Cli.Output;
using ComposePipCache.Cli.Processes;

namespace ComposePipCache.Cli.Commands;

/// <summary>What a command may use of the world.</summary>
internal sealed record CommandServices(EnvironmentSnapshot Environment, IProcessHost Processes, IOutput Output);
