using System.Text.Json;

namespace ComposePipCache.Build.Fetch;

/// <summary>The file by which a builder that fetches tells what it found: one JSON object a line.</summary>
/// <param name="path">Null to tell nobody.</param>
public sealed class FetchReport(string? path) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Reads what a builder wrote; a line that a killed one left half done is passed over.</summary>
    public static IReadOnlyList<FetchNote> Read(string path)
    {
        try
        {
            return [.. File.ReadLines(path).Select(Parse).OfType<FetchNote>()];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Adds a line.</summary>
    public async Task WriteAsync(FetchNote note)
    {
        if (path is null)
        {
            return;
        }

        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            var line = JsonSerializer.Serialize(note, FetchJson.Default.FetchNote);
            await File.AppendAllTextAsync(path, line + "\n", CancellationToken.None);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private static FetchNote? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, FetchJson.Default.FetchNote);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
