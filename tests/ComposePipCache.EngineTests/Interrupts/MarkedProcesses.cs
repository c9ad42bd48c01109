using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ComposePipCache.EngineTests.Interrupts;

/// <summary>Processes of this machine that carry a mark: engines of the bed run their steps here too.</summary>
internal static class MarkedProcesses
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>A number of seconds that no other test sleeps for.</summary>
    public static string NewMarker() => RandomNumberGenerator.GetInt32(1_000_000_000, 2_000_000_000).ToString(CultureInfo.InvariantCulture);

    /// <summary>Those whose command line, words parted by blanks, is this one.</summary>
    public static IReadOnlyList<int> Running(string commandLine) =>
        [.. All().Where(id => Read(id, "cmdline").TrimEnd('\0').Replace('\0', ' ') == commandLine)];

    /// <summary>Those whose environment has this variable with this value.</summary>
    public static IReadOnlyList<int> WithVariable(string name, string value) =>
        [.. All().Where(id => Read(id, "environ").Split('\0').Contains($"{name}={value}"))];

    /// <summary>Waits until there is one, or until the work that was to start it is over.</summary>
    public static async Task<int> WaitForAsync(string commandLine, Task work)
    {
        while (true)
        {
            if (Running(commandLine) is [var found, ..])
            {
                return found;
            }

            if (work.IsCompleted)
            {
                throw new InvalidOperationException($"`{commandLine}` did not run");
            }

            await Task.Delay(Look);
        }
    }

    private static IEnumerable<int> All() => Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0);

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
