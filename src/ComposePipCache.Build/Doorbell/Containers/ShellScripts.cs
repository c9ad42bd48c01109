namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>The programs that run inside a container.</summary>
internal static class ShellScripts
{
    public static string StepContainer { get; } = Read("step_container.sh");

    public static string InterpreterFacts { get; } = Read("interpreter_facts.py");

    public static string ReceiveFiles { get; } = Read("receive_files.py");

    private static string Read(string name)
    {
        using var stream = typeof(ShellScripts).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is missing from the program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
