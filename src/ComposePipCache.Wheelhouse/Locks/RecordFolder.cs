using System.Globalization;
using System.Text.Json;
using ComposePipCache.Wheelhouse.Errors;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Locks;

/// <summary>A folder of small JSON files, one for each key, replaced as a whole.</summary>
internal sealed class RecordFolder<T>(string folder, RecordFormat<T> format, StoreWriter writer)
    where T : class
{
    private const string Ending = ".json";
    private const string AsideFolder = "aside";
    private const int MostAside = 100;

    /// <summary>Reads a record; a damaged one is moved out of the way, so that it is told about once.</summary>
    public RecordLookup<T> Find(string key)
    {
        var path = PathOf(key);
        var reading = Read(path, key);
        if (!reading.IsDamaged)
        {
            return reading.Lookup;
        }

        var aside = SetAside(path);
        if (aside is not null && Read(aside, key).Lookup is { Record: not null } renewed)
        {
            // Another process renewed the record between our reading and our moving.
            TryMove(aside, path);
            return renewed;
        }

        var damage = reading.Lookup.Problem!;
        return new RecordLookup<T>(null, damage with { Hint = aside is null ? null : $"it was kept as {aside}" });
    }

    /// <summary>All keys that have a file, whatever is in it.</summary>
    public IEnumerable<string> Keys() => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*" + Ending)
            .Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Where(Sha256Text.IsValid)
            .Order(StringComparer.Ordinal)
        : [];

    /// <summary>When a record was last written or marked as used; null when there is none.</summary>
    public DateTimeOffset? UsedAt(string key)
    {
        var file = new FileInfo(PathOf(key));
        return file.Exists ? new DateTimeOffset(file.LastWriteTimeUtc) : null;
    }

    /// <summary>Notes in the file's own time that a record was used; its content stays.</summary>
    public void MarkUsed(string key, DateTimeOffset now)
    {
        try
        {
            File.SetLastWriteTimeUtc(PathOf(key), now.UtcDateTime);
        }
        catch (Exception error) when (WriteFailures.IsFailure(error))
        {
            // There is none, or nothing can be written: then it counts as used when it was written.
        }
    }

    public async Task WriteAsync(string key, T record, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        var content = JsonSerializer.SerializeToUtf8Bytes(record, format.Type);
        await writer.WithTemporaryAsync(
            async stream =>
            {
                await stream.WriteAsync(content, cancellationToken);
                stream.WriteByte((byte)'\n');
                if (Read(path, key).Lookup.Problem is not null)
                {
                    SetAside(path);
                }

                StoreWriter.Publish(stream, path);
                return true;
            },
            () => content.Length);
    }

    public void Remove(string key)
    {
        try
        {
            File.Delete(PathOf(key));
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing was ever written.
        }
        catch (Exception error) when (WriteFailures.IsFailure(error))
        {
            throw WriteFailures.Explain(error, folder, needed: 0);
        }
    }

    private string PathOf(string key) => Path.Combine(folder, Sha256Text.Normalize(key) + Ending);

    private RecordReading<T> Read(string path, string key)
    {
        try
        {
            return format.Parse(File.ReadAllBytes(path), path, key);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return default;
        }
        catch (Exception error) when (WriteFailures.IsFailure(error))
        {
            return RecordReading<T>.Unreadable(WheelhouseErrors.NotReadable(path, error.Message));
        }
    }

    private string? SetAside(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        for (var number = 1; number <= MostAside; number++)
        {
            var asideName = string.Create(CultureInfo.InvariantCulture, $"{name}.{number}{Ending}");
            var aside = Path.Combine(folder, AsideFolder, asideName);
            if (!File.Exists(aside) && TryMove(path, aside))
            {
                return aside;
            }
        }

        return null;
    }

    private static bool TryMove(string from, string to)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Move(from, to, overwrite: false);
            return true;
        }
        catch (Exception error) when (WriteFailures.IsFailure(error))
        {
            return false;
        }
    }
}
