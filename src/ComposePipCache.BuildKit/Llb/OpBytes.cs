using ComposePipCache.Protocol.Llb;
using Google.Protobuf;

namespace ComposePipCache.BuildKit.Llb;

/// <summary>Changes parts of an encoded op and keeps every other byte as the daemon wrote it.</summary>
/// <remarks>
/// The daemon writes an op's fields in ascending order, but the body (the oneof, fields 2 to 8) last. Decoding and
/// encoding again in C# gives field order, another digest, and so a lost layer; splicing does not.
/// </remarks>
public static class OpBytes
{
    private const int InputsField = 1;
    private const int FirstBodyField = 2;
    private const int LastBodyField = 8;

    /// <summary>The op with other inputs.</summary>
    public static ByteString WithInputs(ByteString op, IEnumerable<Input> inputs) => Splice(op, inputs, exec: null);

    /// <summary>The op with another exec body.</summary>
    public static ByteString WithExec(ByteString op, ExecOp exec) => Splice(op, inputs: null, exec);

    /// <summary>The op with other inputs and another exec body.</summary>
    public static ByteString With(ByteString op, IEnumerable<Input> inputs, ExecOp exec) => Splice(op, inputs, exec);

    /// <summary>Encodes an op as the daemon does: inputs, platform, constraints, then the body.</summary>
    public static ByteString Encode(Op op) => Join(Fields(op.ToByteString()));

    private static ByteString Splice(ByteString op, IEnumerable<Input>? inputs, ExecOp? exec)
    {
        var fields = new List<(int Field, ReadOnlyMemory<byte> Bytes)>();
        if (inputs is not null)
        {
            fields.AddRange(inputs.Select(input => (InputsField, Tagged(InputsField, input))));
        }

        fields.AddRange(Fields(op).Where(field =>
            (field.Field != InputsField || inputs is null) && (!IsBody(field.Field) || exec is null)));
        if (exec is not null)
        {
            fields.Add((Op.ExecFieldNumber, Tagged(Op.ExecFieldNumber, exec)));
        }

        return Join(fields);
    }

    private static ByteString Join(IEnumerable<(int Field, ReadOnlyMemory<byte> Bytes)> fields)
    {
        using var buffer = new MemoryStream();
        foreach (var (_, bytes) in fields.OrderBy(field => IsBody(field.Field) ? int.MaxValue : field.Field))
        {
            buffer.Write(bytes.Span);
        }

        return ByteString.CopyFrom(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static bool IsBody(int field) => field is >= FirstBodyField and <= LastBodyField;

    private static ReadOnlyMemory<byte> Tagged(int field, IMessage message)
    {
        using var buffer = new MemoryStream();
        using (var output = new CodedOutputStream(buffer, leaveOpen: true))
        {
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteMessage(message);
        }

        return buffer.ToArray();
    }

    /// <summary>Cuts an encoded message into its top-level fields, tag included.</summary>
    /// <exception cref="InvalidProtocolBufferException">The bytes are no message.</exception>
    private static IEnumerable<(int Field, ReadOnlyMemory<byte> Bytes)> Fields(ByteString message)
    {
        var input = message.CreateCodedInput();
        long start = 0;
        uint tag;
        while ((tag = input.ReadTag()) != 0)
        {
            input.SkipLastField();
            yield return (WireFormat.GetTagFieldNumber(tag), message.Memory[(int)start..(int)input.Position]);
            start = input.Position;
        }
    }
}
