namespace ComposePipCache.TestIndex.Http;

/// <summary>An honest answer, before a fault has touched it.</summary>
internal sealed record Response(int Status)
{
    public IReadOnlyDictionary<string, string> Fields { get; init; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public Body Body { get; init; } = Body.Empty;

    public long Offset { get; init; }

    public long Count { get; init; }

    /// <summary>304 and answers to HEAD: a length may be told, no body follows.</summary>
    public bool IsBodiless { get; init; }

    public Response With(string field, string value) => this with
    {
        Fields = new Dictionary<string, string>(Fields, StringComparer.OrdinalIgnoreCase) { [field] = value },
    };

    public static Response Of(int status, byte[] body, string contentType) => new Response(status)
    {
        Body = new MemoryBody(body),
        Count = body.Length,
    }.With("Content-Type", contentType);

    public static Response Text(int status, string text) =>
        Of(status, System.Text.Encoding.UTF8.GetBytes(text + "\n"), "text/plain; charset=utf-8");
}
