using System.ComponentModel;
using System.Runtime.InteropServices;
using ComposePipCache.Build;
using ComposePipCache.Cli.Errors;

namespace ComposePipCache.Cli.Processes;

/// <summary>Turns this process into another program.</summary>
internal static unsafe class ProcessImage
{
    /// <summary>Does not return when it succeeds.</summary>
    /// <remarks>
    /// To be called on the thread that a parent-death signal was set on: the signal belongs to the thread.
    /// </remarks>
    public static PipCacheException Replace(ProgramStart program)
    {
        // .NET ignores SIGPIPE, and what is ignored stays ignored in the next program.
        _ = LibC.SetSignalHandler(LibC.SigPipe, 0);
        var path = Marshal.StringToCoTaskMemUTF8(program.Path);
        var arguments = StringArray([program.Path, .. program.Arguments]);
        var environment = StringArray([.. program.Environment.Variables.Select(one => $"{one.Key}={one.Value}")]);
        _ = LibC.Execute((byte*)path, arguments, environment);
        return new PipCacheException(CliErrors.CannotStart(
            program.Path, new Win32Exception(Marshal.GetLastPInvokeError()).Message));
    }

    // Never freed: either the whole address space goes, or the process reports the failure and ends.
    private static byte** StringArray(IReadOnlyList<string> items)
    {
        var array = (byte**)Marshal.AllocCoTaskMem((items.Count + 1) * sizeof(byte*));
        for (var i = 0; i < items.Count; i++)
        {
            array[i] = (byte*)Marshal.StringToCoTaskMemUTF8(items[i]);
        }

        array[items.Count] = null;
        return array;
    }
}
