using ComposePipCache.Cli.Output;

namespace ComposePipCache.Tests.Cli;

/// <summary>A person who answers as the test says, and sees all.</summary>
internal sealed class RecordingTerminal : ITerminal
{
    /// <summary>What is answered; null where nobody is there.</summary>
    public string? Answer { get; set; }

    public List<string> Questions { get; } = [];

    public List<string?> Progress { get; } = [];

    public bool CanAsk => Answer is not null;

    public string? Ask(string question)
    {
        Questions.Add(question);
        return Answer;
    }

    public void ShowProgress(string? line) => Progress.Add(line);
}
