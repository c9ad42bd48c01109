using System.Globalization;
using ComposePipCache.Build;
using ComposePipCache.Cli.Errors;

namespace ComposePipCache.Cli.Settings;

/// <summary>A value together with the name the user gave it under, so that a complaint can quote both.</summary>
/// <param name="Source">As written: <c>--retries</c>, <c>PIPCACHE_RETRIES</c>, <c>x-pipcache.retries</c>.</param>
/// <param name="Text">The value; null for a switch that stands alone.</param>
/// <param name="Place">Where that stands, and where its relative paths start.</param>
internal readonly record struct SettingValue(string Source, string? Text, SettingPlace Place)
{
    /// <summary>The words that docker's own switches take.</summary>
    public bool AsSwitch() => TryReadSwitch() ?? throw Invalid("true or false");

    public NetworkUse AsNetworkUse() => Text is "auto"
        ? NetworkUse.Auto
        : (TryReadSwitch() ?? throw Invalid("true, false or auto")) ? NetworkUse.Offline : NetworkUse.Online;

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

    /// <summary>Bytes, in docker's way: <c>500m</c> and <c>5GB</c> count by 1024.</summary>
    public long AsSize() => ByteSize.TryParse(Text) ?? throw Invalid("a size, such as 500MB or 5GB");

    /// <summary>A folder's absolute path; a leading <c>~</c> is the user's home.</summary>
    public FindLinksFolder AsFolder()
    {
        if (Text is not { Length: > 0 } text || text.Contains('\0', StringComparison.Ordinal))
        {
            throw Invalid("the path of a folder");
        }

        return new FindLinksFolder(Place.FullPath(text), this);
    }

    private bool? TryReadSwitch() => Text switch
    {
        null or "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => null,
    };

    private PipCacheException Invalid(string wanted) =>
        new(CliErrors.InvalidValue(Source, Text ?? "", wanted, Place.File));
}
