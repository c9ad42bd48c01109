using System.Globalization;
using System.Runtime.CompilerServices;
using ComposePipCache.Python.Failures;

namespace ComposePipCache.Tests.Python;

/// <summary>Recorded runs of real pips; each folder's README says how they were made.</summary>
internal static class Fixtures
{
    public static string Folder(string name, [CallerFilePath] string caller = "") =>
        Path.Combine(Path.GetDirectoryName(caller)!, name);

    /// <summary>The console fixtures as (scenario, pip version).</summary>
    public static IEnumerable<(string Scenario, string Pip)> Consoles() =>
        Directory.EnumerateFiles(Folder("PipConsoles"), "*.txt")
            .Select(path => Path.GetFileNameWithoutExtension(path).Split("__"))
            .Select(parts => (parts[0], parts[1]))
            .Order();

    public static FailedRun Console(string scenario, string pip)
    {
        var (status, console) = Read(Path.Combine(Folder("PipConsoles"), $"{scenario}__{pip}.txt"));
        return new FailedRun(status, null, console);
    }

    /// <summary>The runs with PIP_LOG of one kind, as (scenario, pip version).</summary>
    public static IEnumerable<(string Scenario, string Pip)> Runs(string kind) =>
        from folder in Directory.EnumerateDirectories(Path.Combine(Folder("PipLogs"), kind)).Order()
        from file in Directory.EnumerateFiles(folder, "*.txt").Order()
        select (Path.GetFileNameWithoutExtension(file), Path.GetFileName(folder));

    public static FailedRun Run(string kind, string scenario, string pip)
    {
        var (status, console) = Read(Path.Combine(Folder("PipLogs"), kind, pip, $"{scenario}.txt"));
        return new FailedRun(status, Log(kind, scenario, pip), console);
    }

    public static string Log(string kind, string scenario, string pip) =>
        File.ReadAllText(Path.Combine(Folder("PipLogs"), kind, pip, $"{scenario}.log"));

    private static (int Status, string Console) Read(string path)
    {
        var text = File.ReadAllText(path);
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var status = text[..end].Split(' ')[0].Split('=')[1];
        return (int.Parse(status, CultureInfo.InvariantCulture), text[(end + 1)..]);
    }
}
