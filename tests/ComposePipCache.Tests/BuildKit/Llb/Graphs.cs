using ComposePipCache.BuildKit.Llb;
using ComposePipCache.Protocol.Llb;

namespace ComposePipCache.Tests.BuildKit.Llb;

/// <summary>Builds definitions as the daemon would hand them over.</summary>
internal sealed class Graphs
{
    private readonly Definition _definition = new() { Source = new Source { Infos = { new SourceInfo { Filename = "Dockerfile" } } } };

    /// <summary>A chain: an image, then one RUN per command.</summary>
    public static Definition Chain(params string[] commands)
    {
        var graph = new Graphs();
        var head = graph.Image("docker-image://docker.io/library/python:3.11");
        for (var i = 0; i < commands.Length; i++)
        {
            head = graph.Run(head, commands[i], line: i + 2);
        }

        return graph.End(head);
    }

    public string Image(string identifier) => Add(new Op
    {
        Source = new SourceOp { Identifier = identifier },
        Platform = new Platform { Architecture = "amd64", OS = "linux" },
        Constraints = new WorkerConstraints(),
    });

    public string Local(string name, string session) => Add(new Op
    {
        Source = new SourceOp { Identifier = "local://" + name, Attrs = { { "local.session", session } } },
        Constraints = new WorkerConstraints(),
    });

    public string Run(string parent, string command, int line = 0)
    {
        var exec = new ExecOp { Meta = new Meta { Args = { "/bin/sh", "-c", command }, Cwd = "/" } };
        exec.Mounts.Add(new Mount { Dest = "/" });
        var digest = Add(new Op
        {
            Inputs = { new Input { Digest = parent } },
            Exec = exec,
            Platform = new Platform { Architecture = "amd64", OS = "linux" },
            Constraints = new WorkerConstraints(),
        });
        _definition.Metadata[digest] = new OpMetadata { Description = { { "llb.customname", "RUN " + command } } };
        var range = new Protocol.Llb.Range { Start = new Position { Line = line }, End = new Position { Line = line } };
        _definition.Source.Locations[digest] = new Locations { Locations_ = { new Location { Ranges = { range } } } };
        return digest;
    }

    public string Copy(string target, string from)
    {
        var action = new FileAction { Input = 0, SecondaryInput = 1, Output = 0, Copy = new FileActionCopy() };
        return Add(new Op
        {
            Inputs = { new Input { Digest = target }, new Input { Digest = from } },
            File = new FileOp { Actions = { action } },
            Platform = new Platform { Architecture = "amd64", OS = "linux" },
        });
    }

    public Definition End(string head)
    {
        Add(new Op { Inputs = { new Input { Digest = head } } });
        return _definition;
    }

    private string Add(Op op)
    {
        var bytes = OpBytes.Encode(op);
        _definition.Def.Add(bytes);
        return Digest.Of(bytes.Span);
    }
}
