using System.Diagnostics;
using ComposePipCache.Build.Doorbell.Containers;
using ComposePipCache.Tests.Cli;
using Xunit;

namespace ComposePipCache.Tests.Build.Doorbell;

/// <summary>A step container whose shell is a process of this machine, with folders for its mounts.</summary>
internal sealed class LocalContainer : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string[] _shell;
    private readonly Dictionary<string, string?> _environment;

    private LocalContainer(string shell, Dictionary<string, string?> environment)
    {
        _shell = shell.Split(' ');
        _environment = environment;
        Directory.CreateDirectory(WheelPath);
        Directory.CreateDirectory(CachePath);
        Directory.CreateDirectory(StepPath);
    }

    /// <summary>Shells of this machine that images have as /bin/sh.</summary>
    public static TheoryData<string> Shells =>
        [.. new[] { "dash", "bash --posix", "busybox sh" }.Where(shell => IsInstalled(shell.Split(' ')[0]))];

    public string WheelPath => System.IO.Path.Combine(_folder.Path, "w");

    public string CachePath => System.IO.Path.Combine(_folder.Path, "c");

    public string StepPath => System.IO.Path.Combine(_folder.Path, "step");

    public StepContainer Container { get; private set; } = null!;

    public static LocalContainer Start(string shell, string user = "", Dictionary<string, string?>? environment = null)
    {
        var local = new LocalContainer(shell, environment ?? []);
        local.Container = local.Another(user);
        return local;
    }

    /// <summary>As above, in an image whose Python does not start.</summary>
    public static LocalContainer StartWithoutPython(string shell)
    {
        var environment = new Dictionary<string, string?>();
        var local = new LocalContainer(shell, environment);
        var broken = local.Write("bin/python3", "#!/bin/sh\nexit 1\n", UnixFileMode.UserRead | UnixFileMode.UserExecute);
        environment["PATH"] = System.IO.Path.GetDirectoryName(broken) + ":" + Environment.GetEnvironmentVariable("PATH");
        local.Container = local.Another();
        return local;
    }

    /// <summary>A second container on the same mounts.</summary>
    public StepContainer Another(string user = "") =>
        new(new ContainerShell(RunAsync, new ShellPlaces(WheelPath, CachePath, StepPath, user)));

    public string Write(string path, string content, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        var full = System.IO.Path.Combine(StepPath, path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
        File.SetUnixFileMode(full, mode);
        return full;
    }

    public async ValueTask DisposeAsync()
    {
        await Container.DisposeAsync();
        _folder.Dispose();
    }

    private static bool IsInstalled(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(System.IO.Path.Combine(folder, program)));

    private async Task<int> RunAsync(
        IReadOnlyList<string> arguments,
        Stream input,
        Stream output,
        Stream errors,
        CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(_shell[0], [.. _shell[1..], .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var kill = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        var feeding = FeedAsync(process, input, cancellationToken);
        await Task.WhenAll(
            process.StandardOutput.BaseStream.CopyToAsync(output, CancellationToken.None),
            process.StandardError.BaseStream.CopyToAsync(errors, CancellationToken.None));
        await process.WaitForExitAsync(CancellationToken.None);
        await feeding;
        return process.ExitCode;
    }

    private static async Task FeedAsync(Process process, Stream input, CancellationToken cancellationToken)
    {
        var standardInput = process.StandardInput.BaseStream;
        var buffer = new byte[64 * 1024];
        try
        {
            int read;
            while ((read = await input.ReadAsync(buffer, cancellationToken)) > 0)
            {
                await TryWriteAsync(standardInput, buffer.AsMemory(0, read), cancellationToken);
            }
        }
        finally
        {
            process.StandardInput.Dispose();
        }
    }

    private static async Task TryWriteAsync(Stream pipe, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await pipe.WriteAsync(bytes, cancellationToken);
            await pipe.FlushAsync(cancellationToken);
        }
        catch (IOException)
        {
            // The shell has ended: its output says why.
        }
    }
}
