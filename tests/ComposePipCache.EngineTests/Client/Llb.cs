using ComposePipCache.BuildKit.Llb;
using ComposePipCache.Protocol.Llb;

namespace ComposePipCache.EngineTests.Client;

/// <summary>Small build graphs written by hand.</summary>
internal static class Llb
{
    private static readonly Platform Linux = new() { Architecture = "amd64", OS = "linux" };

    /// <summary>An image of the bed, and commands on top.</summary>
    public static Definition Image(string name, params ExecOp[] steps)
    {
        var definition = new Definition();
        var head = Add(definition, new Op
        {
            Source = new SourceOp
            {
                Identifier = "docker-image://docker.io/library/" + name,
                Attrs = { { "image.resolvemode", "local" } },
            },
            Platform = Linux,
            Constraints = new WorkerConstraints(),
        });
        foreach (var exec in steps)
        {
            var op = new Op { Exec = exec, Platform = Linux, Constraints = new WorkerConstraints() };
            op.Inputs.Add(new Input { Digest = head });
            head = Add(definition, op);
        }

        Add(definition, new Op { Inputs = { new Input { Digest = head } } });
        return definition;
    }

    public static ExecOp Shell(string command, params Mount[] mounts)
    {
        var exec = new ExecOp
        {
            Meta = new Meta { Args = { "/bin/sh", "-c", command }, Cwd = "/", Env = { "PATH=/usr/local/bin:/usr/bin:/bin" } },
            Mounts = { new Mount { Dest = "/" } },
        };
        exec.Mounts.Add(mounts);
        return exec;
    }

    public static Mount Cache(string id, string destination) => new()
    {
        Input = -1,
        Output = -1,
        Dest = destination,
        MountType = MountType.Cache,
        CacheOpt = new CacheOpt { ID = id },
    };

    private static string Add(Definition definition, Op op)
    {
        var bytes = OpBytes.Encode(op);
        definition.Def.Add(bytes);
        var digest = Digest.Of(bytes.Span);
        definition.Metadata[digest] = new OpMetadata();
        return digest;
    }
}
