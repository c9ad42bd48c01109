using System.Diagnostics;

namespace ComposePipCache.TestIndex.Tests;

public class PipTests
{
    private static readonly string[] Pythons = ["/usr/bin/python3", "python3"];

    [Theory]
    [InlineData("simple")]
    [InlineData("devpi/simple")]
    [InlineData("nohash/simple")]
    public async Task A_real_pip_resolves_and_downloads(string simple)
    {
        await using var index = new HostedIndex(options => options with { Histories = [new("alpha", 20)] });
        var target = Path.Combine(index.Folder, "target");

        var (exitCode, output) = await RunPipAsync(
            "download", "--index-url", $"{index.Server.Url}/{simple}/", "--dest", target, "alpha");

        exitCode.ShouldBe(0, output);
        Directory.EnumerateFiles(target).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ShouldBe([HostedIndex.Newer.FileName, HostedIndex.Big.FileName]);
        var counters = index.Server.Snapshot();
        counters.OfFile(HostedIndex.Big.FileName).BodyBytes.ShouldBe(HostedIndex.BigBytes.Length);
        counters.Of(RequestKind.File).Requests.ShouldBe(2);
    }

    [Fact]
    public async Task A_real_pip_installs_with_credentials()
    {
        await using var index = new HostedIndex();
        var target = Path.Combine(index.Folder, "target");
        var url = $"{index.Server.Url.Replace("//", "//user:password@", StringComparison.Ordinal)}/private/simple/";

        var (exitCode, output) = await RunPipAsync("install", "--index-url", url, "--target", target, "alpha==1.0");

        exitCode.ShouldBe(0, output);
        (await File.ReadAllTextAsync(Path.Combine(target, "alpha", "__init__.py"), HostedIndex.Token))
            .ShouldBe("__version__ = '1.0'\n");
    }

    [Fact]
    public async Task A_real_pip_fails_when_the_index_resets_its_file()
    {
        await using var index = new HostedIndex();
        index.Server.AddFault(new FaultRule
        {
            Match = new RequestMatch { Kind = RequestKind.File, Project = "big-one" },
            Effect = new FaultEffect { Cut = Cut.Reset, CutAfterBytes = 1_000_000 },
        });

        var (exitCode, output) = await RunPipAsync(
            "download", "--index-url", index.Server.SimpleUrl, "--dest", Path.Combine(index.Folder, "t"), "big-one");

        exitCode.ShouldNotBe(0, output);
        index.Server.Snapshot().OfFile(HostedIndex.Big.FileName).Complete.ShouldBe(0);
    }

    private static async Task<(int ExitCode, string Output)> RunPipAsync(string command, params string[] arguments)
    {
        foreach (var python in Pythons)
        {
            if (await TryRunAsync(python, ["--version"]) is (0, _))
            {
                var result = await TryRunAsync(
                    python, [command, "--no-cache-dir", "--retries", "0", "--disable-pip-version-check", .. arguments]);
                return result!.Value;
            }
        }

        Assert.Skip("no python3 with pip on this machine");
        return default;
    }

    private static async Task<(int ExitCode, string Output)?> TryRunAsync(string python, string[] arguments)
    {
        var start = new ProcessStartInfo(python, ["-m", "pip", "--isolated", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsPipOrProxy).ToList())
        {
            start.Environment.Remove(name);
        }

        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync(HostedIndex.Token);
            var output = await process.StandardOutput.ReadToEndAsync(HostedIndex.Token);
            await process.WaitForExitAsync(HostedIndex.Token);
            return (process.ExitCode, output + await error);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static bool IsPipOrProxy(string name) =>
        name.StartsWith("PIP_", StringComparison.Ordinal)
        || name.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase);
}
