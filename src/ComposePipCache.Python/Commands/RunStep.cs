namespace ComposePipCache.Python.Commands;

/// <summary>What a step of a Dockerfile runs, as the build definition has it.</summary>
/// <param name="Arguments">The program and its arguments; shell text stands in one of them.</param>
public sealed record RunStep(IReadOnlyList<string> Arguments)
{
    /// <summary>NAME=value, as the step's processes see it.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>Variables that are set but whose values are not ours to know: secrets.</summary>
    public IReadOnlyCollection<string> SecretNames { get; init; } = [];

    public string User { get; init; } = "";

    public string WorkingDirectory { get; init; } = "/";

    /// <summary>Texts the step mounts, by their path in the step, such as the script of a here-document.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>The arguments without credentials; the environment is left out.</summary>
    public override string ToString() => string.Join(' ', Arguments.Select(UrlCredentials.Redact));
}
