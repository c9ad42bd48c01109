using System.Globalization;
using ComposePipCache.Build;
using ComposePipCache.Cli.Errors;

namespace ComposePipCache.Cli.Settings;

/// <summary>A value together with the name the user gave it under, so that a complaint can quote both.</summary>
/// <param name="Source">The flag or variable as written: <c>--retries</c>, <c>PIPCACHE_RETRIES</c>.</param>
/// <param name="Text">The value; null for a switch that stands alone.</param>
internal readonly record struct FlagValue(string Source, string? Text)
{
    /// <summary>The words that docker's own switches take.</summary>
    public bool AsSwitch() => Text switch
    {
        null or "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => throw Invalid("true or false"),
    };

    public int AsCount() =>
        int.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw Invalid("a whole number, 0 or more");

    /// <summary>A number and its unit: <c>90s</c>, <c>30m</c>, <c>24h</c>, <c>7d</c>.</summary>
    public TimeSpan AsDuration()
    {
        const string Wanted = "a number and s, m, h or d, such as 24h";
        if (Text is not { Length: > 1 }
            || !int.TryParse(
                Text.AsSpan(0, Text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count > 1_000_000)
        {
            throw Invalid(Wanted);
        }

        return Text[^1] switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' => TimeSpan.FromDays(count),
            _ => throw Invalid(Wanted),
        };
    }

    public string AsText() => Text is { Length: > 0 } ? Text : throw Invalid("a value");

    private PipCacheException Invalid(string wanted) => new(CliErrors.InvalidValue(Source, Text ?? "", wanted));
}
