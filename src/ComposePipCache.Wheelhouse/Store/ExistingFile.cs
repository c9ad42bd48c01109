using ComposePipCache.Wheelhouse.Errors;

namespace ComposePipCache.Wheelhouse.Store;

/// <summary>Opens files for reading and says it in our words when that fails.</summary>
internal static class ExistingFile
{
    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
        }
        catch (Exception error) when (WriteFailures.IsFailure(error))
        {
            throw new WheelhouseException(WheelhouseErrors.NotReadable(path, error.Message), error);
        }
    }

    /// <summary>Reads a file to its end.</summary>
    public static async Task<HashingCopy> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var content = Open(path);
        try
        {
            return await HashingCopy.HashAsync(content, cancellationToken);
        }
        catch (Exception error) when (WriteFailures.IsFailure(error))
        {
            throw new WheelhouseException(WheelhouseErrors.NotReadable(path, error.Message), error);
        }
    }
}
