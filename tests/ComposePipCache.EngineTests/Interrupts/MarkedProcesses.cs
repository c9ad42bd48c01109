using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ComposePipCache.EngineTests.Interrupts;

/// <summary>Processes of this machine that carry a mark: engines of the bed run their steps here too.</summary>
internal static class MarkedProcesses
{
    private const string Caught = "SigCgt:";
    private const ulong Requests = (1UL << (Signals.Interrupt - 1)) | (1UL << (Signals.Terminate - 1));

    private static readonly string Self = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number of seconds that no other test sleeps for.</summary>
    public static string NewMarker() =>
        RandomNumberGenerator.GetInt32(1_000_000_000, 2_000_000_000).ToString(CultureInfo.InvariantCulture);

    /// <summary>Those whose command line, words parted by blanks, is this one.</summary>
    public static IReadOnlyList<int> Running(string commandLine) =>
        [.. All().Where(id => LineOf(id) == commandLine)];

    /// <summary>Those whose environment has this variable with this value.</summary>
    public static IReadOnlyList<int> WithVariable(string name, string value) =>
        [.. All().Where(id => Read(id, "environ").Split('\0').Contains($"{name}={value}"))];

    /// <summary>The command line; nothing for a process that has ended, waited for or not.</summary>
    public static string[] WordsOf(int id) =>
        Read(id, "cmdline").TrimEnd('\0') is { Length: > 0 } line ? line.Split('\0') : [];

    /// <summary>The words of the command line, parted by blanks.</summary>
    public static string LineOf(int id) => string.Join(' ', WordsOf(id));

    /// <summary>Whether it has handlers for the signals that ask it to end.</summary>
    public static bool Listens(int id)
    {
        var lines = Read(id, "status").Split('\n');
        return lines.FirstOrDefault(line => line.StartsWith(Caught, StringComparison.Ordinal)) is { } mask
            && (Convert.ToUInt64(mask[Caught.Length..].Trim(), 16) & Requests) == Requests;
    }

    private static IEnumerable<int> All() => Directory.EnumerateDirectories("/proc")
        .Select(path => Path.GetFileName(path))
        .Where(name => char.IsAsciiDigit(name[0]) && name != Self)
        .Select(name => int.Parse(name, CultureInfo.InvariantCulture));

    private static string Read(int id, string file)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{id}/{file}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // it has just ended
        }
    }
}
