namespace ComposePipCache.Cli.Output;

/// <summary>The person in front of the command, where there is one.</summary>
internal interface ITerminal
{
    /// <summary>Whether somebody reads questions and can answer them.</summary>
    bool CanAsk { get; }

    /// <summary>Asks on standard error and waits for a line; null at the end of input.</summary>
    string? Ask(string question);

    /// <summary>Shows a line in place of the one before, or nothing where nobody watches; null clears it.</summary>
    void ShowProgress(string? line);
}
