using ComposePipCache.Python.Commands;

namespace ComposePipCache.Tests.Python;

/// <summary>Steps as a Dockerfile's lines make them.</summary>
internal static class Steps
{
    public static RunStep Shell(string text, params string[] environment) =>
        new(["/bin/sh", "-c", text]) { Environment = environment, WorkingDirectory = "/app" };

    public static RunStep Exec(params string[] arguments) => new(arguments) { WorkingDirectory = "/app" };

    public static StepAnalysis Analyze(string text, params string[] environment) =>
        StepAnalysis.Of(Shell(text, environment));

    /// <summary>The commands, each as tool, program and sub-command.</summary>
    public static IEnumerable<string> Summary(StepAnalysis step) => step.Commands.Select(
        command => string.Join(' ', new[] { $"{command.Tool}:", command.Program, command.SubCommand }
            .Where(part => part.Length > 0)));
}
