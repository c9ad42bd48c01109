using System.IO.Compression;
using System.Text;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Sources;

/// <summary>Reads what a stored wheel says of itself.</summary>
public static class WheelText
{
    private const int LargestMetadata = 4 * 1024 * 1024;

    /// <summary>The text of METADATA; null for a file that has none or is no wheel.</summary>
    public static async Task<string?> ReadMetadataAsync(StoredFile wheel, CancellationToken cancellationToken)
    {
        try
        {
            await using var archive = await ZipFile.OpenReadAsync(wheel.Path, cancellationToken);
            var entry = archive.Entries.FirstOrDefault(one => WheelMetadata.IsMetadata(one.FullName));
            if (entry is null || entry.Length > LargestMetadata)
            {
                return null;
            }

            using var reader = new StreamReader(await entry.OpenAsync(cancellationToken), Encoding.UTF8);
            return await reader.ReadToEndAsync(cancellationToken);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
