using System.Diagnostics;
using System.Globalization;
using ComposePipCache.Tests.Wheelhouse.Downloads;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Wheelhouse.Store;

/// <summary>On a file system of 2 MiB that only the other process sees.</summary>
public class DiskFullTests
{
    private const string Mount = """mkdir -p "$0" && mount -t tmpfs -o size=2m none "$0" && exec "$@" """;

    [Fact]
    public async Task A_full_disk_is_told_with_what_is_needed_and_what_is_free()
    {
        SkipWithoutMounts();
        using var home = new StoreHome();
        var root = home.At("small");
        using var process = StoreProcess.StartWith(Small(root), "fill", root, "3000000");

        var lines = await process.FinishAsync();

        lines.Length.ShouldBe(2, string.Join('\n', lines));
        lines[0].ShouldStartWith($"full {root} 3000000 ");
        long.Parse(lines[0].Split(' ')[^1], CultureInfo.InvariantCulture).ShouldBeInRange(1_900_000, 2_097_152);
        lines[1].ShouldBe("stored small-1.0.zip");
    }

    [Fact]
    public async Task A_download_tells_it_too()
    {
        SkipWithoutMounts();
        await using var home = await DownloadHome.StartAsync();
        var root = Path.Combine(home.Folder, "small");
        using var process = StoreProcess.StartWith(
            Small(root), "fetch", root, home.Url.AbsoluteUri, DownloadHome.Wheel.FileName, DownloadHome.Sha256);

        var lines = await process.FinishAsync();

        lines[^1].ShouldStartWith($"full {root} {DownloadHome.Bytes.Length} ");
        home.Log.Count.ShouldBe(1);
    }

    private static string[] Small(string root) => ["unshare", "--map-root-user", "--mount", "sh", "-c", Mount, root];

    private static void SkipWithoutMounts()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/unshare"), "there is no `unshare` to make a small file system with");
        using var trial = Process.Start(
            new ProcessStartInfo("unshare", ["--map-root-user", "--mount", "sh", "-c", "mount -t tmpfs none /mnt"])
            {
                UseShellExecute = false,
                RedirectStandardError = true,
            })!;
        trial.WaitForExit();
        Assert.SkipUnless(trial.ExitCode == 0, "this user may not make a small file system");
    }
}
