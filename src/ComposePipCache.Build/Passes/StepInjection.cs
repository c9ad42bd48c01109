using ComposePipCache.Build.Doorbell.Containers;
using ComposePipCache.Protocol.Llb;

namespace ComposePipCache.Build.Passes;

/// <summary>Puts our mounts and switches into a step's body.</summary>
internal static class StepInjection
{
    /// <summary>The body the daemon gets.</summary>
    public static ExecOp Apply(PipStep step, PipStepReader reader, bool canShareReadOnly)
    {
        var exec = step.Exec.Clone();
        if (step.Analysis.WithoutNoCacheDir() is { } arguments)
        {
            exec.Meta.Args.Clear();
            exec.Meta.Args.Add(arguments);
        }

        // Writable or not, a changed wheel fails pip's own check: the links page has its hash.
        exec.Mounts.Add(Mount(InjectedMounts.Wheels, step.Ids.Wheels, new ViewName(step.Scope, step.View).Selector, canShareReadOnly));
        exec.Mounts.Add(Mount(InjectedMounts.Cache, step.Ids.Cache, CacheSelector(step), isReadOnly: false));
        exec.Mounts.Add(Mount(InjectedMounts.Log, step.Ids.Cache, LogSelector(step), isReadOnly: false));
        foreach (var name in Names(step, reader))
        {
            exec.Secretenv.Add(new SecretEnv { ID = step.SwitchPrefix + name, Name = name, Optional = true });
        }

        return exec;
    }

    private static string CacheSelector(PipStep step) => CacheFolder.Of(step.Scope, step.User).Selector;

    /// <summary>The folder of the step's own log on the cache mount.</summary>
    private static string LogSelector(PipStep step) => $"{CacheSelector(step)}/logs/{step.View}";

    /// <summary>Names a step by its own text, all of which is in the cache key.</summary>
    public static string TextName(Meta meta) => InjectedMounts.Name(
        string.Join('\0', [.. meta.Args, "", .. meta.Env, "", meta.Cwd, meta.User]));

    /// <summary>The variables to answer; an author's own secret of that name stays the author's.</summary>
    private static IEnumerable<string> Names(PipStep step, PipStepReader reader)
    {
        var isCacheTaken = reader.IsCacheFolderTaken(step.Vertex);
        return step.Analysis.Commands
            .Where(command => command.IsInstaller)
            .SelectMany(command => Switches.For(command.Tool))
            .Distinct()
            .Where(name => step.Exec.Secretenv.All(secret => secret.Name != name))
            .Where(name => !(isCacheTaken && Switches.CacheFolders.ContainsKey(name)));
    }

    private static Mount Mount(string destination, string id, string selector, bool isReadOnly) => new()
    {
        Input = -1,
        Output = -1,
        Dest = destination,
        Selector = selector,
        Readonly = isReadOnly,
        MountType = MountType.Cache,
        CacheOpt = new CacheOpt { ID = id, Sharing = CacheSharingOpt.Shared },
    };
}
