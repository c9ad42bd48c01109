using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using ComposePipCache.Tests.Build.Engine;

namespace ComposePipCache.Tests.Build.Fetch;

/// <summary>The part of an Engine API that is asked about images: a store, and a registry behind it.</summary>
internal sealed class PullServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, string> _store = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly TestEngine _engine;

    public PullServer(string socket)
    {
        _engine = TestEngine.OnUnixSocket(socket, ServeAsync);
    }

    /// <summary>Reference to id, of what may be pulled.</summary>
    public ConcurrentDictionary<string, string> Registry { get; } = new(StringComparer.Ordinal);

    /// <summary>What was pulled, in order: the query of each request.</summary>
    public IReadOnlyList<string> Pulls =>
        [.. _requests.Where(request => request.StartsWith("POST /images/create", StringComparison.Ordinal))];

    public void Store(string reference, string id) => _store[reference] = id;

    /// <summary>The next pull fails, inside a successful answer.</summary>
    public void FailNext(string reason) => _failures.Enqueue(reason);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private async Task ServeAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        while (await reader.ReadLineAsync(cancellationToken) is { Length: > 0 } request)
        {
            while (await reader.ReadLineAsync(cancellationToken) is { Length: > 0 })
            {
            }

            _requests.Enqueue(request);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(Answer(request.Split(' ')[1])), cancellationToken);
        }
    }

    private string Answer(string target)
    {
        if (target.StartsWith("/version", StringComparison.Ordinal))
        {
            return Http("200 OK", """{"Version":"28.5.2","ApiVersion":"1.51","Os":"linux","Arch":"amd64"}""");
        }

        return target.StartsWith("/images/create", StringComparison.Ordinal)
            ? Pull(Query(target, "fromImage"), Query(target, "tag"))
            : Inspect(Uri.UnescapeDataString(target["/images/".Length..^"/json".Length]));
    }

    private string Pull(string repository, string tag)
    {
        if (_failures.TryDequeue(out var failure))
        {
            return Http("200 OK", $$"""{"errorDetail":{"message":"{{failure}}"},"error":"{{failure}}"}""" + "\n");
        }

        var reference = tag.StartsWith("sha256:", StringComparison.Ordinal) ? $"{repository}@{tag}" : $"{repository}:{tag}";
        if (!Registry.TryGetValue(reference, out var id))
        {
            return Http("404 Not Found", $$"""{"message":"manifest for {{reference}} not found: manifest unknown"}""");
        }

        _store[reference] = id;
        return Http(
            "200 OK",
            """
            {"status":"Pulling from x","id":"1"}
            {"status":"Downloading","progressDetail":{"current":600,"total":1000},"id":"layer"}
            {"status":"Downloading","progressDetail":{"current":1000,"total":1000},"id":"layer"}

            """);
    }

    private string Inspect(string reference) => _store.TryGetValue(reference, out var id)
        ? Http("200 OK", $$"""{"Id":"{{id}}","RepoTags":["{{reference}}"],"Os":"linux","Architecture":"amd64"}""")
        : Http("404 Not Found", """{"message":"No such image"}""");

    private static string Query(string target, string name) => target.Split('?', '&')
        .Where(part => part.StartsWith(name + "=", StringComparison.Ordinal))
        .Select(part => Uri.UnescapeDataString(part[(name.Length + 1)..]))
        .FirstOrDefault("");

    private static string Http(string status, string body) => string.Create(
        CultureInfo.InvariantCulture,
        $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
}
