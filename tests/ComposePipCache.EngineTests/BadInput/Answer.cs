using System.Text.RegularExpressions;

namespace ComposePipCache.EngineTests.BadInput;

/// <summary>What a call ended with.</summary>
internal sealed partial record Answer(int ExitCode, string Output, string Error)
{
    /// <summary>What went wrong, without what differs from run to run.</summary>
    public string Message => Reference().Replace(Error, "ref ?");

    /// <summary>The steps that failed, with the end of their output: what progress says last.</summary>
    public string FailedSteps => Time().Replace(
        Output.Contains("\n------\n", StringComparison.Ordinal) ? Output[Output.IndexOf("\n------\n", StringComparison.Ordinal)..] : "",
        "0.0 ");

    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Error}";

    [GeneratedRegex("ref [a-z0-9-]+::[a-z0-9]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"^\d+\.\d+ ", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Time();
}
