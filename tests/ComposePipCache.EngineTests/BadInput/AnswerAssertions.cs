using Shouldly;

namespace ComposePipCache.EngineTests.BadInput;

/// <summary>What every refusal has to be.</summary>
[ShouldlyMethods]
internal static class AnswerAssertions
{
    /// <summary>Exit code 1 and a text for the user, not for us.</summary>
    public static void ShouldRefuse(this Answer answer, params string[] parts)
    {
        answer.ExitCode.ShouldBe(1, answer.ToString());
        foreach (var part in parts)
        {
            answer.Error.ShouldContain(part, Case.Sensitive, answer.ToString());
        }

        answer.ShouldNotLookLikeABug();
        Sentences(answer.Error).ShouldBeUnique(answer.ToString());
    }

    /// <summary>What, cause and hint, each once.</summary>
    public static void ShouldExplain(this Answer answer, string what, string cause, string hint)
    {
        answer.ShouldRefuse(what, cause, hint);
        var lines = Sentences(answer.Error);
        lines.Count(line => line.StartsWith("cause: ", StringComparison.Ordinal)).ShouldBe(1, answer.ToString());
        lines.Count(line => line.StartsWith("hint:  ", StringComparison.Ordinal)).ShouldBe(1, answer.ToString());
        lines.Single(line => line.StartsWith("cause: ", StringComparison.Ordinal)).ShouldContain(cause);
        lines.Single(line => line.StartsWith("hint:  ", StringComparison.Ordinal)).ShouldContain(hint);
    }

    /// <summary>The very text and exit code that compose has for it.</summary>
    public static void ShouldBeComposes(this Answer answer, Answer composes)
    {
        answer.ExitCode.ShouldBe(composes.ExitCode, answer.ToString());
        answer.Message.ShouldBe(composes.Message, answer.ToString());
        answer.FailedSteps.ShouldBe(composes.FailedSteps, answer.ToString());
        answer.ShouldNotLookLikeABug();
    }

    public static void ShouldNotLookLikeABug(this Answer answer)
    {
        foreach (var trace in (string[])["not your fault", "this is a bug", "Exception", "\n   at ", "ERROR: ERROR"])
        {
            (answer.Output + answer.Error).ShouldNotContain(trace, Case.Sensitive, answer.ToString());
        }
    }

    // Compose puts an empty line between those of its builder.
    private static string[] Sentences(string text) =>
        [.. text.Split('\n').Where(line => line.Any(char.IsLetter)).Select(line => line.TrimEnd())];
}
