namespace ComposePipCache.Cli.Plugin;

/// <summary>One option as it stood among the words, and how many of them it took up.</summary>
internal readonly record struct ReadOption(string Name, string? Value, int WordCount);
