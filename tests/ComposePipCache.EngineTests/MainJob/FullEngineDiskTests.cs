using CliWrap;
using CliWrap.Buffered;
using ComposePipCache.Bed;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>There is no room on the engine's side: the build goes on without our files, and says why.</summary>
public class FullEngineDiskTests
{
    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task A_step_that_cannot_be_served_for_want_of_room_is_built_as_it_stands(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var index = await OwnIndex.StartAsync("small", "large");
        index.Publish(index.Wheel("large", "1.0") with { PayloadSize = 3_000_000 });
        await using var project = PipProject.Create(engine, index, index.Requirements("==1.0", "large"));
        (await project.BuildAsync()).ShouldSucceed();
        await engine.PruneAsync();
        // Makes the mounts, without the large file.
        await using var first = PipProject.Create(engine, index, index.Requirements("==1.0", "small"));
        (await first.BuildAsync()).ShouldSucceed();
        first.AddComment();
        (await first.BuildAsync()).ShouldSucceed();
        project.AddComment();

        BuildRun full;
        await using (await TinyDisk.MountAsync(engine))
        {
            full = await project.BuildAsync();
        }

        project.AddComment();
        var next = await project.BuildAsync();

        full.ShouldSucceed();
        full.Announcements.ShouldContain(line => line.Contains(
            "wheels cannot be offered (cannot seed: the engine's disk is full", StringComparison.Ordinal), full.Text);
        next.ShouldSucceed();
        next.Announcements.ShouldBe(["[web pip] 1 of 1 file from the wheelhouse, locked just now"], next.Text);
    }

    /// <summary>A file system of 64 KiB where the engine's wheel mounts take in files, seen by the engine alone.</summary>
    private sealed class TinyDisk(string engineId, IReadOnlyList<string> folders) : IAsyncDisposable
    {
        public static async Task<TinyDisk> MountAsync(Engine engine)
        {
            var id = await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(engine.SocketPath)!, "docker.pid"));
            var root = (await engine.SucceedAsync("/", "info", "--format", "{{.DockerRootDir}}")).Trim();
            var snapshots = Directory.Exists(Path.Combine(root, "overlay2"))
                ? (Path.Combine(root, "overlay2"), "diff")
                : (Path.Combine(root, "containerd/daemon/io.containerd.snapshotter.v1.overlayfs/snapshots"), "fs");
            var disk = new TinyDisk(
                id.Trim(),
                [.. Directory.GetDirectories(snapshots.Item1).Select(folder => Path.Combine(folder, snapshots.Item2))
                    .Where(folder => Directory.Exists(Path.Combine(folder, "views")) && Directory.Exists(Path.Combine(folder, "tmp")))
                    .Select(folder => Path.Combine(folder, "tmp"))]);
            disk.Folders.ShouldNotBeEmpty();
            foreach (var folder in disk.Folders)
            {
                await disk.RunAsync("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder);
            }

            return disk;
        }

        private IReadOnlyList<string> Folders { get; } = folders;

        public async ValueTask DisposeAsync()
        {
            foreach (var folder in Folders)
            {
                await RunAsync("umount", folder);
            }
        }

        private async Task RunAsync(params string[] command) => await Cli.Wrap("nsenter")
            .WithArguments(["--target", engineId, "--mount", .. command])
            .ExecuteBufferedAsync();
    }
}
