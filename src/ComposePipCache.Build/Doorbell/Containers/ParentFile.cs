namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>A file of the step's parent.</summary>
/// <param name="Path">As it was asked for.</param>
/// <param name="State">Whether there is a content.</param>
/// <param name="Content">Empty unless the file was read.</param>
public sealed record ParentFile(string Path, ParentFileState State, ReadOnlyMemory<byte> Content);
