namespace ComposePipCache.Cli.Processes;

/// <summary>What a child left behind.</summary>
internal sealed record CapturedRun(int ExitCode, string StandardOutput);
