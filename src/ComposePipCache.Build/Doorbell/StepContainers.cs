using System.Collections.Concurrent;
using System.Text;
using ComposePipCache.Build.Doorbell.Containers;
using ComposePipCache.Build.Passes;
using ComposePipCache.BuildKit.Gateway;
using ComposePipCache.BuildKit.Llb;
using ComposePipCache.Protocol.Gateways;
using ComposePipCache.Protocol.Llb;

namespace ComposePipCache.Build.Doorbell;

/// <summary>Opens containers on the parents of steps, within one attempt.</summary>
internal sealed class StepContainers(GatewayClient gateway, LlbGraph graph)
{
    private readonly ConcurrentDictionary<Input, Task<string>> _refs = new();

    /// <summary>A container that sees what the step will see, and the whole of our two cache mounts.</summary>
    public async Task<StepContainer> OpenAsync(PipStep step, CancellationToken cancellationToken) =>
        await StepContainer.StartAsync(
            gateway,
            new StepContainerRequest
            {
                ParentRef = await RefAsync(step.Parent, cancellationToken),
                Sources = await SourcesAsync(step, cancellationToken),
                Step = step.Exec.Meta,
                WheelCacheId = step.Ids.Wheels,
                ToolCacheId = step.Ids.Cache,
                Platform = step.Vertex.Op.Platform,
            },
            cancellationToken);

    /// <summary>Runs a program as the step would, with the step's network.</summary>
    /// <returns>What it printed; null when it could not be run.</returns>
    public async Task<string?> RunAsync(PipStep step, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var request = new NewContainerRequest
        {
            ContainerID = Guid.NewGuid().ToString("N"),
            Network = step.Exec.Network,
            Platform = step.Vertex.Op.Platform,
            Mounts = { new Mount { Dest = "/", ResultID = await RefAsync(step.Parent, cancellationToken) } },
            ExtraHosts = { step.Exec.Meta.ExtraHosts },
        };
        using var output = new MemoryStream();
        await using var container = await gateway.CreateContainerAsync(request, cancellationToken);
        var meta = step.Exec.Meta.Clone();
        meta.Args.Clear();
        meta.Args.Add(arguments);
        var exit = await container.ExecAsync(
            new ProcessRequest { Meta = meta, StandardOutput = output }, cancellationToken);
        return exit == 0 ? Encoding.UTF8.GetString(output.ToArray()) : null;
    }

    /// <summary>Starts a program in all that the step will have but its caches: files, network, secrets, environment.</summary>
    public async Task<StepProcess> StartAsync(
        PipStep step, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var request = new NewContainerRequest
        {
            ContainerID = Guid.NewGuid().ToString("N"),
            Network = step.Exec.Network,
            Platform = step.Vertex.Op.Platform,
            Mounts =
            {
                new Mount { Dest = "/", ResultID = await RefAsync(step.Parent, cancellationToken) },
                await SourcesAsync(step, cancellationToken),
                step.Exec.Mounts.Where(mount => mount.Dest == InjectedMounts.Wheels
                    || mount.MountType is MountType.Secret or MountType.Ssh or MountType.Tmpfs),
            },
            ExtraHosts = { step.Exec.Meta.ExtraHosts },
        };
        var meta = step.Exec.Meta.Clone();
        meta.Args.Clear();
        meta.Args.Add(arguments);
        return new StepProcess(
            await gateway.CreateContainerAsync(request, cancellationToken),
            new ProcessRequest
            {
                Meta = meta,
                // Ours would ring the step's own bell.
                SecretEnvironment = [.. step.Exec.Secretenv.Where(secret =>
                    !secret.ID.StartsWith(step.SwitchPrefix, StringComparison.Ordinal))],
            });
    }

    /// <summary>The reference of what a step runs on; empty where that is nothing.</summary>
    public Task<string> ParentRefAsync(PipStep step, CancellationToken cancellationToken) =>
        RefAsync(step.Parent, cancellationToken);

    /// <summary>What the author binds into the step: a requirements file for one.</summary>
    private async Task<IReadOnlyList<Mount>> SourcesAsync(PipStep step, CancellationToken cancellationToken)
    {
        var mounts = new List<Mount>();
        foreach (var mount in step.Exec.Mounts.Where(mount =>
            mount is { Input: >= 0, MountType: MountType.Bind } && mount.Dest != "/"))
        {
            mounts.Add(new Mount
            {
                Dest = mount.Dest,
                Selector = mount.Selector,
                Readonly = true,
                ResultID = await RefAsync(step.InputOf(mount)!, cancellationToken),
            });
        }

        return mounts;
    }

    private Task<string> RefAsync(Input output, CancellationToken cancellationToken) =>
        _refs.GetOrAdd(output, async wanted =>
        {
            var request = new SolveRequest { Definition = graph.EncodeOutput(wanted) };
            return (await gateway.SolveAsync(request, cancellationToken)).Ref?.Id ?? "";
        });
}
