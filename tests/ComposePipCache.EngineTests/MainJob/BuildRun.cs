using System.Text.RegularExpressions;
using ComposePipCache.EngineTests.BadInput;
using Shouldly;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>A build that ended, and what its plain progress shows.</summary>
internal sealed partial record BuildRun(Answer Answer)
{
    public int ExitCode => Answer.ExitCode;

    public string Text => Answer.Output + Answer.Error;

    /// <summary>What the user was told of pip steps, each line once, in order.</summary>
    public IReadOnlyList<string> Announcements =>
        [.. Announcement().Matches(Text).Select(match => match.Value.TrimEnd()).Distinct()];

    /// <summary>How often a step began to run: attempts, unless it was cached.</summary>
    public int Runs(string command) => VerticesOf(command).Count(vertex =>
        Lines().Any(line => line.StartsWith(vertex + " ", StringComparison.Ordinal) && Timed().IsMatch(line)));

    public bool IsCached(string command) =>
        VerticesOf(command) is { Count: > 0 } found && found.All(vertex => Lines().Contains(vertex + " CACHED"));

    public BuildRun ShouldSucceed()
    {
        ExitCode.ShouldBe(0, Answer.ToString());
        Answer.ShouldNotLookLikeABug();
        return this;
    }

    public BuildRun ShouldFail()
    {
        ExitCode.ShouldBe(1, Answer.ToString());
        Answer.ShouldNotLookLikeABug();
        return this;
    }

    private string[] Lines() => Text.Split('\n', StringSplitOptions.TrimEntries);

    private List<string> VerticesOf(string command) =>
        [.. Lines().Where(line => line.StartsWith('#') && line.Contains("] RUN ", StringComparison.Ordinal)
                && line.Contains(command, StringComparison.Ordinal))
            .Select(line => line.Split(' ')[0]).Distinct()];

    [GeneratedRegex(@"\[[\w-]+ pip\] [^\r\n\x1b""]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Announcement();

    [GeneratedRegex(@"^#\d+ \d+\.\d+ ", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Timed();
}
