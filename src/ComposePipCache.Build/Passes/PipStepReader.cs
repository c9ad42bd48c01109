using ComposePipCache.BuildKit.Llb;
using ComposePipCache.Protocol.Llb;
using ComposePipCache.Python.Commands;

namespace ComposePipCache.Build.Passes;

/// <summary>Reads exec ops as RUN instructions: what they install, and whether they can be served.</summary>
internal sealed class PipStepReader(LlbGraph graph)
{
    private const string HeredocFolder = "/dev/pipes/";

    /// <summary>What a step installs; null for a step that is none of ours.</summary>
    public StepAnalysis? Read(Vertex vertex) => Analyse(vertex) is { IsPipStep: true } analysis ? analysis : null;

    /// <summary>What any step does.</summary>
    public StepAnalysis Analyse(Vertex vertex)
    {
        var exec = vertex.Op.Exec;
        return StepAnalysis.Of(new RunStep([.. exec.Meta.Args])
        {
            Environment = [.. exec.Meta.Env],
            SecretNames = [.. exec.Secretenv.Select(secret => secret.Name)],
            User = exec.Meta.User,
            WorkingDirectory = exec.Meta.Cwd,
            Files = Scripts(vertex),
        });
    }

    /// <summary>Whether a step came here with our mounts: it is part of another target.</summary>
    public static bool IsServed(ExecOp exec) => exec.Mounts.Any(IsWheels);

    /// <summary>The names under which another target serves the step.</summary>
    public static PipStep Resume(Vertex vertex, StepAnalysis analysis)
    {
        var exec = vertex.Op.Exec;
        var prefix = PrefixOf(exec);
        return new PipStep
        {
            Vertex = vertex,
            Analysis = analysis,
            Scope = prefix.Split(':')[1],
            View = ViewOf(exec),
            SwitchPrefix = prefix,
            Ids = new MountIds(
                exec.Mounts.First(IsWheels).CacheOpt.ID,
                exec.Mounts.First(mount => mount.Dest == InjectedMounts.Cache).CacheOpt.ID),
        };
    }

    /// <summary>The last segment of the wheel mount's selector.</summary>
    public static string ViewOf(ExecOp exec) => exec.Mounts.First(IsWheels).Selector.Split('/')[^1];

    /// <summary>What the ids of the step's switches begin with.</summary>
    public static string PrefixOf(ExecOp exec) => exec.Secretenv
        .Select(secret => SwitchId.TryParse(secret.ID, out var prefix, out _) ? prefix : null)
        .First(prefix => prefix is not null)!;

    /// <summary>Whether a step has to run as its author wrote it, and why; null when it need not.</summary>
    public static LeftAlone? LeaveAlone(Vertex vertex, StepAnalysis analysis)
    {
        var exec = vertex.Op.Exec;
        if (exec.Mounts.FirstOrDefault(Collides) is { } mount)
        {
            return new LeftAlone(vertex.Name, $"it mounts {mount.Dest} itself", NeedsIndex: true);
        }

        if (exec.Network == NetMode.None)
        {
            return new LeftAlone(vertex.Name, "it runs without a network by its author's wish", NeedsIndex: false);
        }

        if (analysis.Commands.Where(command => command.IsInstaller).All(command => command.IsAlreadyOffline))
        {
            return new LeftAlone(vertex.Name, "it installs from its own folder already", NeedsIndex: false);
        }

        return analysis.ClearedBy is { } cleared
            ? new LeftAlone(vertex.Name, $"`{cleared}` keeps our settings from pip", NeedsIndex: true)
            : null;
    }

    /// <summary>Whether a later COPY or mount takes something from the cache folder the step would have filled.</summary>
    public bool IsCacheFolderTaken(Vertex step) =>
        graph.Vertices.Any(vertex => TakesFromCache(vertex) && DependsOn(vertex, step.Digest));

    private static bool IsWheels(Mount mount) =>
        mount.Dest == InjectedMounts.Wheels && mount.CacheOpt is { } cache && InjectedMounts.IsWheelsId(cache.ID);

    private static bool Collides(Mount mount)
    {
        var dest = mount.Dest.TrimEnd('/');
        return dest is "/dev" or InjectedMounts.Root
            || dest.StartsWith(InjectedMounts.Root + "/", StringComparison.Ordinal);
    }

    private static bool TakesFromCache(Vertex vertex) => vertex.Op.OpCase switch
    {
        Op.OpOneofCase.File => vertex.Op.File.Actions.Any(action =>
            action.ActionCase == FileAction.ActionOneofCase.Copy && IsInCache(action.Copy.Src)),
        Op.OpOneofCase.Exec => vertex.Op.Exec.Mounts.Any(mount =>
            mount.MountType == MountType.Bind && mount.Input >= 0 && IsInCache(mount.Selector)),
        _ => false,
    };

    private static bool IsInCache(string path) => path.Split('/').Contains(".cache");

    private bool DependsOn(Vertex vertex, string digest)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<Vertex>([vertex]);
        while (open.TryPop(out var next))
        {
            foreach (var input in next.Op.Inputs.Where(input => seen.Add(input.Digest)))
            {
                if (input.Digest == digest)
                {
                    return true;
                }

                open.Push(graph.Find(input.Digest)!);
            }
        }

        return false;
    }

    /// <summary>A heredoc with a shebang is a file of its own, mounted below /dev/pipes.</summary>
    private Dictionary<string, string> Scripts(Vertex vertex)
    {
        var scripts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var mount in vertex.Op.Exec.Mounts.Where(mount =>
            mount.Input >= 0 && mount.Dest.StartsWith(HeredocFolder, StringComparison.Ordinal)))
        {
            var input = graph.Find(vertex.Op.Inputs[(int)mount.Input].Digest);
            foreach (var action in input?.Op.File?.Actions ?? [])
            {
                if (action.ActionCase == FileAction.ActionOneofCase.Mkfile)
                {
                    scripts[mount.Dest] = action.Mkfile.Data.ToStringUtf8();
                }
            }
        }

        return scripts;
    }
}
