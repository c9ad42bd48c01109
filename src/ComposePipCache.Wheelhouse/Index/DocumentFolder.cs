using System.Security.Cryptography;
using System.Text.Json;
using ComposePipCache.Wheelhouse.Errors;
using ComposePipCache.Wheelhouse.Locks;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Index;

/// <summary>Kept documents, one file each: a line of JSON, then the body.</summary>
internal sealed class DocumentFolder(WheelhouseStore store)
{
    private const string Ending = ".page";

    private readonly string _folder = store.Layout.Pages;

    /// <summary>Null where none is kept, or one that cannot be believed.</summary>
    public DocumentAnswer? Find(string key)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(PathOf(key));
        }
        catch (Exception error) when (WriteFailures.IsFailure(error))
        {
            return null;
        }

        var end = content.AsSpan().IndexOf((byte)'\n');
        return end < 0 ? null : Read(content.AsSpan(0, end), content.AsMemory(end + 1));
    }

    /// <summary>Keeps a document where there is room for it.</summary>
    public async Task KeepAsync(
        string key, DocumentRequest request, DocumentAnswer answer, CancellationToken cancellationToken)
    {
        var head = JsonSerializer.SerializeToUtf8Bytes(HeadOf(request, answer), IndexJson.Default.DocumentHead);
        try
        {
            await store.Writer.WithTemporaryAsync(
                async stream =>
                {
                    await stream.WriteAsync(head, cancellationToken);
                    stream.WriteByte((byte)'\n');
                    await stream.WriteAsync(answer.Body, cancellationToken);
                    StoreWriter.PublishLightly(stream, PathOf(key));
                    return true;
                },
                () => head.Length + answer.Body.Length);
        }
        catch (WheelhouseException)
        {
            // It was to save a request; nothing depends on it.
        }
    }

    /// <summary>Marks a document as used, so that it goes last.</summary>
    public void Touch(string key, DateTimeOffset now) =>
        Try(() => File.SetLastWriteTimeUtc(PathOf(key), now.UtcDateTime));

    /// <summary>Removes what was not used for longest, until the rest is no more than so many bytes.</summary>
    public void Sweep(long most)
    {
        if (!Directory.Exists(_folder))
        {
            return;
        }

        var left = most;
        foreach (var file in new DirectoryInfo(_folder).GetFiles("*" + Ending)
            .OrderByDescending(file => file.LastWriteTimeUtc))
        {
            left -= file.Length;
            if (left < 0)
            {
                Try(file.Delete);
            }
        }
    }

    private static DocumentHead HeadOf(DocumentRequest request, DocumentAnswer answer) => new()
    {
        Url = PublicUrl.Of(request.Url.AbsoluteUri),
        ContentType = answer.ContentType,
        ETag = answer.ETag,
        LastModified = answer.LastModified,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(answer.Body.Span)),
    };

    private static DocumentAnswer? Read(ReadOnlySpan<byte> line, ReadOnlyMemory<byte> body)
    {
        try
        {
            var head = JsonSerializer.Deserialize(line, IndexJson.Default.DocumentHead);
            return head is { FormatVersion: DocumentHead.CurrentFormat }
                && head.Sha256 == Convert.ToHexStringLower(SHA256.HashData(body.Span))
                ? new DocumentAnswer(200, head.ContentType, body) { ETag = head.ETag, LastModified = head.LastModified }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Try(Action work)
    {
        try
        {
            work();
        }
        catch (Exception error) when (WriteFailures.IsFailure(error))
        {
            // Another process removed it.
        }
    }

    private string PathOf(string key) => Path.Combine(_folder, key + Ending);
}
