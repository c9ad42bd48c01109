using ComposePipCache.BuildKit.Llb;
using ComposePipCache.Protocol.Llb;
using Google.Protobuf;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.BuildKit.Llb;

public class OpBytesTests
{
    [Fact]
    public void The_body_is_written_after_the_platform()
    {
        var op = new Op { Platform = new Platform { OS = "linux" }, Source = new SourceOp { Identifier = "local://x" } };

        var bytes = OpBytes.Encode(op);

        // Field 10 (0x52) first, then field 3 (0x1a): the daemon's order, not protobuf's.
        bytes[0].ShouldBe((byte)0x52);
        bytes[2 + bytes[1]].ShouldBe((byte)0x1a);
        Op.Parser.ParseFrom(bytes).ShouldBe(op);
    }

    [Fact]
    public void Fields_that_this_client_does_not_know_survive_a_change_of_inputs()
    {
        var op = new Op { Inputs = { new Input { Digest = "sha256:a" } }, File = new FileOp() };
        // Field 99, varint 7.
        byte[] unknown = [0x98, 0x06, 0x07];
        var bytes = ByteString.CopyFrom([.. OpBytes.Encode(op).ToByteArray(), .. unknown]);

        var changed = OpBytes.WithInputs(bytes, [new Input { Digest = "sha256:b" }]);

        changed.ToByteArray().AsSpan().IndexOf(unknown).ShouldBeGreaterThan(0);
        Op.Parser.ParseFrom(changed).Inputs[0].Digest.ShouldBe("sha256:b");
    }

    [Fact]
    public void Putting_the_same_parts_back_gives_the_same_bytes()
    {
        var op = new Op
        {
            Inputs = { new Input { Digest = "sha256:a" }, new Input { Digest = "sha256:b", Index = 1 } },
            Platform = new Platform { OS = "linux" },
            Constraints = new WorkerConstraints(),
            Exec = new ExecOp { Meta = new Meta { Args = { "true" } } },
        };
        var bytes = OpBytes.Encode(op);

        OpBytes.With(bytes, op.Inputs, op.Exec).ShouldBe(bytes);
        OpBytes.WithInputs(bytes, op.Inputs).ShouldBe(bytes);
        OpBytes.WithExec(bytes, op.Exec).ShouldBe(bytes);
    }
}
