namespace ComposePipCache.Cli.Output;

/// <summary>Nobody is there.</summary>
internal sealed class NoTerminal : ITerminal
{
    public static NoTerminal Instance { get; } = new();

    public bool CanAsk => false;

    public string? Ask(string question) => null;

    public void ShowProgress(string? line)
    {
    }
}
