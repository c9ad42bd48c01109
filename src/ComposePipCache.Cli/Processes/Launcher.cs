using System.Globalization;
using ComposePipCache.Build;

namespace ComposePipCache.Cli.Processes;

/// <summary>
/// The first moments of a child: asks the kernel to end it with its parent, then becomes the program.
/// </summary>
/// <remarks>Only the child itself can ask for that, so between us and the program there is us again.</remarks>
internal static class Launcher
{
    public const string Request = "__launch";

    public static IReadOnlyList<string> Wrap(ProgramStart program) =>
    [
        Request, Environment.ProcessId.ToString(CultureInfo.InvariantCulture), program.Path, .. program.Arguments,
    ];

    public static PipCacheException Run(ReadOnlySpan<string> arguments)
    {
        var parent = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        if (OperatingSystem.IsLinux())
        {
            // Not SIGKILL: compose stops its containers when it is asked to end.
            _ = LibC.ProcessControl(LibC.SetParentDeathSignal, LibC.SigTerminate);
        }

        if (LibC.GetParentProcessId() != parent)
        {
            // The parent went before the kernel knew whom to tell.
            _ = LibC.Kill(Environment.ProcessId, LibC.SigTerminate);
        }

        return ProcessImage.Replace(
            new ProgramStart(arguments[2], arguments[3..].ToArray(), EnvironmentSnapshot.FromProcess()));
    }
}
