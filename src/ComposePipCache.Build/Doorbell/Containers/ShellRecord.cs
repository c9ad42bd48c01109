using System.Globalization;
using System.Text;

namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>One record of a shell's reply: a line with a name, a length and fields, then that many bytes.</summary>
internal sealed class ShellRecord : Stream
{
    private readonly ShellOutput _output;
    private long _left;

    private ShellRecord(ShellOutput output, string name, long length, IReadOnlyList<string> fields)
    {
        _output = output;
        _left = length;
        Name = name;
        Length = length;
        Fields = fields;
    }

    public string Name { get; }

    public IReadOnlyList<string> Fields { get; }

    public override long Length { get; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Position
    {
        get => Length - _left;
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">The line is no record's.</exception>
    public static ShellRecord Parse(string line, ShellOutput output)
    {
        var words = line.Split(' ');
        return words.Length >= 2 && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? new ShellRecord(output, words[0], length, words[2..])
            : throw new InvalidDataException($"unexpected output `{line}`");
    }

    /// <summary>What is left, at once. For short texts.</summary>
    public async Task<byte[]> ReadBytesAsync(CancellationToken cancellationToken)
    {
        var bytes = new byte[_left];
        await this.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    /// <inheritdoc cref="ReadBytesAsync"/>
    public async Task<string> ReadTextAsync(CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(await ReadBytesAsync(cancellationToken));

    /// <summary>Passes over what nobody read.</summary>
    public Task SkipAsync(CancellationToken cancellationToken) => CopyToAsync(Null, cancellationToken);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = (int)Math.Min(buffer.Length, _left);
        var read = wanted > 0 ? await _output.ReadAsync(buffer[..wanted], cancellationToken) : 0;
        _left -= read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }
}
