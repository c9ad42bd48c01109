using ComposePipCache.Build.Passes;
using ComposePipCache.Python.Requirements;
using ComposePipCache.Python.Wheels;
using ParentFacts = ComposePipCache.Build.Doorbell.Containers.InterpreterFacts;

namespace ComposePipCache.Build.Doorbell;

/// <summary>Which wheels the interpreter of a step can take.</summary>
/// <remarks>Where the step asks for another platform, or has several interpreters, every file may be wanted.</remarks>
internal sealed class StepFit
{
    private static readonly string[] Elsewhere = ["--platform", "--python-version", "--implementation", "--abi", "--python"];

    private readonly SupportedTags? _tags;

    /// <summary>Learns from the step and from what its parent has.</summary>
    public StepFit(PipStep step, ParentFacts? interpreter)
    {
        var commands = step.Analysis.Commands.Where(command => command.IsPip).ToList();
        var isAsked = commands.DistinctBy(command => command.Program).Count() == 1
            && !commands.Exists(command => command.Arguments.Options.Any(option => Elsewhere.Contains(option.Name)));
        _tags = interpreter is { PipVersion: not null } && isAsked ? SupportedTags.Of(Describe(interpreter)) : null;
    }

    /// <summary>False for a wheel that the step's pip passes over.</summary>
    public bool IsTaken(string fileName) =>
        _tags is null || WheelName.Parse(fileName) is not { } wheel || _tags.IsCompatible(wheel);

    /// <summary>The same in the words of wheel tags.</summary>
    public static InterpreterFacts Describe(ParentFacts facts) => new()
    {
        Implementation = facts.Implementation,
        Version = facts.Version,
        Abi = AbiTag(facts.Abi),
        // A 64-bit kernel may run a 32-bit interpreter.
        Machine = (facts.Machine, facts.Bits) switch
        {
            ("x86_64", 32) => "i686",
            ("aarch64", 32) => "armv8l",
            var (machine, _) => machine,
        },
        Libc = facts.Libc.Replace(' ', '-'),
        PipVersion = facts.PipVersion ?? "",
    };

    /// <summary><c>cpython-311-x86_64-linux-gnu</c> is cp311, <c>pypy310-pp73-x86_64-linux-gnu</c> pypy310_pp73.</summary>
    private static string AbiTag(string name) => name.Split('-') switch
    {
        ["cpython", var version, ..] => "cp" + version,
        [var python, var abi, ..] => $"{python}_{abi}",
        _ => "",
    };
}
