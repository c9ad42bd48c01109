namespace ComposePipCache.Python.Logs;

/// <summary>A wheel pip compiled in the step; editable ones are of no use elsewhere.</summary>
/// <remarks>The folder is the one in pip's cache, null where pip keeps no cache.</remarks>
public sealed record BuiltWheel(string Project, string FileName, long Size, string Sha256, string? StoredIn)
{
    public bool IsEditable => FileName.Contains(".editable-", StringComparison.Ordinal);
}
