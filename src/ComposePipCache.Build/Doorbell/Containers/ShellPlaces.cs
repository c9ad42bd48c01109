namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>Where a shell finds the mounts, and what it is to know of the step.</summary>
/// <param name="Wheels">The whole wheel mount.</param>
/// <param name="Cache">The whole cache mount.</param>
/// <param name="Directory">The step's working directory.</param>
/// <param name="User">The step's user; empty is root.</param>
internal sealed record ShellPlaces(string Wheels, string Cache, string Directory, string User)
{
    /// <summary>Command line of the shell.</summary>
    public IReadOnlyList<string> Arguments(string token) =>
    [
        "-c", ShellScripts.StepContainer, "sh",
        token, Wheels, Cache, Directory, User, ShellScripts.InterpreterFacts, ShellScripts.ReceiveFiles,
    ];
}
