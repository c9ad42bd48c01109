using System.Text;

namespace ComposePipCache.FakeDaemon.Network;

/// <summary>The head of an upgrade request, as it came in.</summary>
public sealed record UpgradeHead(string Method, string Path, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    /// <summary>Every value of a header, in order.</summary>
    public IReadOnlyList<string> Values(string name) =>
        [.. Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value)];

    /// <summary>Reads up to the empty line and not a byte further; null when the client closed first.</summary>
    internal static async Task<UpgradeHead?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var bytes = new List<byte>();
        var one = new byte[1];
        while (bytes is not [.., (byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n'])
        {
            if (await stream.ReadAsync(one, cancellationToken) == 0)
            {
                return null;
            }

            bytes.Add(one[0]);
        }

        var lines = Encoding.UTF8.GetString([.. bytes]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var request = lines[0].Split(' ');
        return new UpgradeHead(request[0], request[1], [.. lines.Skip(1).Select(ReadHeader)]);
    }

    private static KeyValuePair<string, string> ReadHeader(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return new(line[..colon].Trim(), line[(colon + 1)..].Trim());
    }
}
