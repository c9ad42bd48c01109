namespace ComposePipCache.Build.Resolve.Relaying;

/// <summary>Where the script listens, and the folder that is gone with it.</summary>
internal sealed record RelayHello(int Port, string Folder);
