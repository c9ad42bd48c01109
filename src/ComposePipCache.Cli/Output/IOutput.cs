namespace ComposePipCache.Cli.Output;

/// <summary>The two streams a command writes to: data on one, everything meant for a reader on the other.</summary>
internal interface IOutput
{
    /// <summary>Writes what was asked for to standard output, as it is.</summary>
    void Data(ReadOnlySpan<byte> utf8);

    /// <summary>Writes text for a person to standard error, a line feed added.</summary>
    void Note(string text);
}
