namespace ComposePipCache.Build.Resolve.Relaying;

/// <summary>Where the script is to connect to, and how long it may take for each of the name's addresses.</summary>
internal sealed record DialOrder(string Host, int Port, double Seconds);
