using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using ComposePipCache.Cli.Processes;

namespace ComposePipCache.Cli.Settings;

/// <summary>
/// Files that only their owner may read, replaced as a whole so that a reader never sees half of one.
/// </summary>
internal static class PrivateFiles
{
    private const string TemporarySuffix = ".tmp";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static string CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        }

        return path;
    }

    public static void WriteWhenDifferent(string path, ReadOnlySpan<byte> content)
    {
        if (HasContent(path, content))
        {
            return;
        }

        var temporary = TemporaryName(path);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(content);
        }

        Replace(temporary, path);
    }

    /// <summary>Makes a link lead to its target in one step, whatever file or link stood there before.</summary>
    public static void Link(string link, string target)
    {
        var temporary = TemporaryName(link);
        File.Delete(temporary);
        File.CreateSymbolicLink(temporary, target);
        Replace(temporary, link);
    }

    /// <summary>Whether an entry is one that a process left half done when it was killed.</summary>
    public static bool IsLeftover(string path)
    {
        var parts = Path.GetFileName(path).Split('.');
        return IsTemporary(path)
            && parts.Length > 2
            && int.TryParse(parts[^2].Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            && !OperatingSystem.IsWindows()
            && LibC.Kill(process, 0) != 0;
    }

    public static bool IsTemporary(string path) => path.EndsWith(TemporarySuffix, StringComparison.Ordinal);

    /// <summary>A name that no other process picks, and no other thread of this one.</summary>
    public static string TemporaryName(string path) => string.Create(
        CultureInfo.InvariantCulture,
        $"{path}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}{TemporarySuffix}");

    // File.Move looks through a link, and finds a folder where it wants a file.
    private static void Replace(string temporary, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            File.Move(temporary, path, overwrite: true);
        }
        else if (LibC.Rename(temporary, path) != 0)
        {
            var reason = new Win32Exception(Marshal.GetLastPInvokeError()).Message;
            File.Delete(temporary);
            throw new IOException($"{path}: {reason}");
        }
    }

    private static bool HasContent(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            return content.SequenceEqual(File.ReadAllBytes(path));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }
}
