namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>A content of the host's wheelhouse that a step needs.</summary>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
/// <param name="Size">Exactly what <paramref name="Open"/> gives.</param>
/// <param name="Open">Called only when the file is sent.</param>
public sealed record SeedFile(string Sha256, long Size, Func<Stream> Open);
