using System.CommandLine;

namespace ComposePipCache.Cli.Commands;

/// <summary>A command of ours that tells in its help what it may find.</summary>
internal sealed class OwnCommand(string name, string description) : Command(name, description)
{
    /// <summary>What exit status 2 means; null where there is none.</summary>
    public string? Findings { get; set; }
}
