namespace ComposePipCache.Python.Commands;

/// <summary>An option under its canonical long name; unknown ones keep the name they are written with.</summary>
public sealed record PipOption(string Name, string? Value = null)
{
    /// <summary>Where the option's word stands when the step's arguments hold it literally.</summary>
    public TextSpan? Span { get; init; }

    /// <summary>True when the value is only known when the step runs.</summary>
    public bool IsDynamic { get; init; }

    /// <summary>True for an option that a variable of the environment sets.</summary>
    public bool IsFromEnvironment { get; init; }

    /// <summary>False for options such as <c>--quiet</c> that leave what is installed as it is.</summary>
    public bool IsMeaningful { get; init; } = true;

    /// <summary>The option as it could be written, without credentials.</summary>
    public override string ToString() => Value is null ? Name : $"{Name}={UrlCredentials.Redact(Value)}";

    /// <summary>For comparing: options that differ in credentials alone become equal.</summary>
    internal string ToComparable() => Value is null ? Name : $"{Name}={UrlCredentials.Remove(Value)}";
}
