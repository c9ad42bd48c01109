using System.Text;

namespace ComposePipCache.TestIndex.Http;

/// <summary>Request line and header fields.</summary>
internal sealed record RequestHead(string Method, string Target, bool KeepAlive)
{
    public IReadOnlyDictionary<string, string> Fields { get; init; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public string RawPath => Target.Split('?', 2)[0];

    public string Path => Uri.UnescapeDataString(RawPath);

    public string Query => Target.Contains('?', StringComparison.Ordinal) ? Target.Split('?', 2)[1] : "";

    public string? this[string field] => Fields.GetValueOrDefault(field);

    public string? QueryValue(string name) => Query.Split('&')
        .Select(pair => pair.Split('=', 2))
        .Where(pair => pair.Length == 2 && pair[0] == name)
        .Select(pair => Uri.UnescapeDataString(pair[1]))
        .FirstOrDefault();

    /// <summary>Null when this is no HTTP/1.x request.</summary>
    public static RequestHead? Parse(ReadOnlySpan<byte> head)
    {
        var lines = Encoding.Latin1.GetString(head).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var words = lines.Length > 0 ? lines[0].Split(' ') : [];
        if (words.Length != 3 || !words[2].StartsWith("HTTP/1.", StringComparison.Ordinal))
        {
            return null;
        }

        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
        {
            var parts = line.Split(':', 2);
            var value = parts.Length == 2 ? parts[1].Trim() : "";
            fields[parts[0]] = fields.TryGetValue(parts[0], out var earlier) ? $"{earlier}, {value}" : value;
        }

        var connection = fields.GetValueOrDefault("Connection", "");
        var keepAlive = words[2] == "HTTP/1.1"
            ? !connection.Contains("close", StringComparison.OrdinalIgnoreCase)
            : connection.Contains("keep-alive", StringComparison.OrdinalIgnoreCase);
        return new RequestHead(words[0], PathAndQuery(words[1]), keepAlive) { Fields = fields };
    }

    // A client that takes us for a proxy sends the absolute form.
    private static string PathAndQuery(string target) =>
        !target.StartsWith('/') && Uri.TryCreate(target, UriKind.Absolute, out var uri) ? uri.PathAndQuery : target;
}
