using System.Diagnostics;
using ComposePipCache.TestIndex.Control;

namespace ComposePipCache.TestIndex.Tests;

public class ProcessTests
{
    private const int SigTerm = 15;

    [Fact]
    public async Task The_process_tells_its_ports_serves_and_stops_on_sigterm()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals are sent with kill");
        var folder = Directory.CreateTempSubdirectory("test-index-process-");
        HostedIndex.Alpha.WriteTo(folder.FullName);
        using var process = Start("--wheels", folder.FullName, "--listen-tls", "127.0.0.1:0");
        var lines = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await process.StandardOutput.ReadLineAsync(HostedIndex.Token) is { } line && line != "ready")
        {
            lines[line.Split(' ')[0]] = line.Split(' ')[1];
        }

        using var client = new HttpClient();
        var page = await client.GetStringAsync(lines["listen"] + "/simple/alpha/", HostedIndex.Token);
        using var control = new IndexClient(new Uri(lines["control"]));
        var counters = await control.SnapshotAsync(HostedIndex.Token);
        using var kill = Process.Start("kill", ["-" + SigTerm, $"{process.Id}"]);
        await process.WaitForExitAsync(HostedIndex.Token);

        page.ShouldContain(HostedIndex.Alpha.FileName);
        counters.Of(RequestKind.Page).Requests.ShouldBe(1);
        lines["listen-tls"].ShouldStartWith("https://localhost:");
        process.ExitCode.ShouldBe(0);
        File.Exists(Path.Combine(folder.FullName, ".index-digests.json")).ShouldBeTrue();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_bad_argument_shows_the_usage()
    {
        using var process = Start("--nonsense");

        var error = await process.StandardError.ReadToEndAsync(HostedIndex.Token);
        await process.WaitForExitAsync(HostedIndex.Token);

        process.ExitCode.ShouldBe(1);
        error.ShouldStartWith("unknown argument --nonsense");
        error.ShouldContain("--wheels DIR");
    }

    private static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(IndexServer).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
