using System.Globalization;
using ComposePipCache.BuildKit.Gateway;
using ComposePipCache.Protocol.Gateways;
using ComposePipCache.Protocol.Llb;

namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>A container on the file system a step starts from, with both mounts whole and writable.</summary>
/// <remarks>
/// It is made when the daemon asks for the step's secrets and is gone before they are answered. One shell inside does
/// everything; the first command also waits for the container to start.
/// </remarks>
public sealed class StepContainer : IAsyncDisposable
{
    /// <summary>Where the container has the wheel mount; steps see their view elsewhere.</summary>
    public const string WheelPath = "/dev/pipcache/w";

    /// <summary>Where the container has the cache mount.</summary>
    public const string CachePath = "/dev/pipcache/c";

    private const int LargestFile = 4 * 1024 * 1024;

    private readonly ContainerShell _shell;
    private readonly IAsyncDisposable? _container;

    internal StepContainer(ContainerShell shell, IAsyncDisposable? container = null)
    {
        _shell = shell;
        _container = container;
        Wheels = new WheelMount(shell);
        Cache = new ToolCache(shell);
    }

    /// <summary>What steps install from.</summary>
    public WheelMount Wheels { get; }

    /// <summary>What tools keep between builds.</summary>
    public ToolCache Cache { get; }

    /// <summary>Makes the container within a running build.</summary>
    /// <exception cref="BuildKit.Errors.BuildKitException">The build is over, or the parent failed.</exception>
    public static async Task<StepContainer> StartAsync(
        GatewayClient gateway,
        StepContainerRequest request,
        CancellationToken cancellationToken)
    {
        var container = await gateway.CreateContainerAsync(ContainerRequest(request), cancellationToken);
        var process = new ContainerProcess(container, request.Step.Env);
        var places = new ShellPlaces(WheelPath, CachePath, request.Step.Cwd, request.Step.User);
        return new StepContainer(new ContainerShell(process.RunAsync, places), container);
    }

    /// <summary>Everything that is to be known before a step, in one round trip.</summary>
    /// <exception cref="SeedException">The image has no shell, or it ended.</exception>
    public async Task<Inspection> InspectAsync(InspectionRequest request, CancellationToken cancellationToken)
    {
        var command = new ShellCommand();
        if (request.Folder is { } folder)
        {
            ToolCache.Prepare(command, folder, request.Log);
        }

        if (request.Program is { } program)
        {
            command.Call("tell_interpreter", program.Split(" -m ")[0].Trim()).Call("tell_configs");
        }

        if (request.Files.Count > 0)
        {
            command.Call("tell_files", [LargestFile.ToString(CultureInfo.InvariantCulture), .. request.Files]);
        }

        if (request.View is { } view)
        {
            command.Call("tell_fingerprint", view.Scope, view.Step);
        }

        var reader = new InspectionReader(request, cancellationToken);
        await _shell.AskAsync(command, reader.ReadAsync, cancellationToken);
        return reader.Result();
    }

    /// <summary>The interpreter behind a program of the step; null when the parent has none that answers.</summary>
    /// <inheritdoc cref="InspectAsync"/>
    public async Task<InterpreterFacts?> ReadInterpreterAsync(string program, CancellationToken cancellationToken) =>
        (await InspectAsync(new InspectionRequest { Program = program }, cancellationToken)).Interpreter;

    /// <summary>Files of the parent, relative to the step's directory or absolute.</summary>
    /// <inheritdoc cref="InspectAsync"/>
    public async Task<IReadOnlyList<ParentFile>> ReadFilesAsync(
        IReadOnlyList<string> paths,
        CancellationToken cancellationToken) =>
        (await InspectAsync(new InspectionRequest { Files = paths }, cancellationToken)).Files;

    /// <summary>Ends the container, which lets go of the mounts.</summary>
    public async ValueTask DisposeAsync()
    {
        await _shell.DisposeAsync();
        if (_container is not null)
        {
            await _container.DisposeAsync();
        }
    }

    private static NewContainerRequest ContainerRequest(StepContainerRequest request) => new()
    {
        ContainerID = Guid.NewGuid().ToString("N"),
        Network = request.Network,
        Platform = request.Platform,
        Mounts =
        {
            new Mount { Dest = "/", ResultID = request.ParentRef },
            request.Sources,
            CacheMount(request.WheelCacheId, WheelPath),
            CacheMount(request.ToolCacheId, CachePath),
        },
    };

    private static Mount CacheMount(string id, string path) => new()
    {
        Input = -1,
        Output = -1,
        Dest = path,
        MountType = MountType.Cache,
        CacheOpt = new CacheOpt { ID = id, Sharing = CacheSharingOpt.Shared },
    };
}
