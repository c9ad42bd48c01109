namespace ComposePipCache.Cli;

/// <summary>What our exit codes mean; those of compose are passed on as they are.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>It failed, or was called wrongly: compose makes no difference either.</summary>
    public const int Failed = 1;

    /// <summary>It did what was asked and found something that is not as it should be.</summary>
    public const int Findings = 2;

    /// <summary>A signal ended it; its number is added.</summary>
    public const int Signalled = 128;

    public const int Interrupted = 130;
}
