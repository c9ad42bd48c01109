using System.Runtime.InteropServices;

namespace ComposePipCache.Wheelhouse.Downloads;

/// <summary>How far a file has come.</summary>
/// <param name="Kept">Bytes on the disk, those of earlier attempts included.</param>
/// <param name="Total">Null when the server does not tell.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DownloadProgress(long Kept, long? Total);
