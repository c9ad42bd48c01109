using ComposePipCache.Protocol.Fsutil;

namespace ComposePipCache.BuildKit.Session.FileSync.Receiving;

/// <summary>A file whose content is on its way, under a temporary name.</summary>
internal sealed record IncomingFile(string Path, RawStat Stat, string TemporaryPath, FileStream Content);
