using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace ComposePipCache.Build.Resolve.Proxying;

/// <summary>The head of a CONNECT request.</summary>
/// <param name="Target">Host and port.</param>
/// <param name="Authorization">Of the header Proxy-Authorization.</param>
internal sealed record ConnectHead(string Target, string? Authorization)
{
    private const string AuthorizationName = "Proxy-Authorization:";

    private const int Longest = 64 * 1024;

    private static ReadOnlySpan<byte> Verb => "CONNECT "u8;

    private static ReadOnlySpan<byte> End => "\r\n\r\n"u8;

    /// <summary>Takes it off a connection; null, with all bytes left where they are, when something else comes.</summary>
    /// <exception cref="InvalidDataException">The request has no end.</exception>
    public static async Task<ConnectHead?> ReadAsync(PipeReader input, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            if (!MayBeConnect(buffer) || (result.IsCompleted && buffer.Length < Verb.Length))
            {
                input.AdvanceTo(buffer.Start);
                return null;
            }

            if (Find(buffer) is { } head)
            {
                input.AdvanceTo(buffer.GetPosition(head.Length));
                return Parse(head);
            }

            if (result.IsCompleted || buffer.Length > Longest)
            {
                throw new InvalidDataException("a CONNECT request without an end");
            }

            input.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static ConnectHead Parse(string head)
    {
        var lines = head.Split("\r\n");
        var authorization = lines.FirstOrDefault(
            line => line.StartsWith(AuthorizationName, StringComparison.OrdinalIgnoreCase));
        return new ConnectHead(
            lines[0].Split(' ').ElementAtOrDefault(1) ?? "", authorization?[AuthorizationName.Length..].Trim());
    }

    private static bool MayBeConnect(ReadOnlySequence<byte> buffer)
    {
        Span<byte> start = stackalloc byte[8];
        var length = (int)Math.Min(buffer.Length, start.Length);
        buffer.Slice(0, length).CopyTo(start);
        return Verb.StartsWith(start[..length]);
    }

    private static string? Find(ReadOnlySequence<byte> buffer)
    {
        var bytes = buffer.ToArray();
        var end = bytes.AsSpan().IndexOf(End);
        return end < 0 ? null : Encoding.Latin1.GetString(bytes, 0, end + End.Length);
    }
}
