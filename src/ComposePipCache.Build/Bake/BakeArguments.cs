namespace ComposePipCache.Build.Bake;

/// <summary>The command line on which compose starts its builder.</summary>
public sealed record BakeArguments
{
    /// <summary>Where the results are written, or null.</summary>
    public string? MetadataFile { get; init; }

    /// <summary><c>rawjson</c> or <c>quiet</c>; the last one given wins.</summary>
    public string Progress { get; init; } = "rawjson";

    /// <summary>The builder asked for, or null.</summary>
    public string? Builder { get; init; }

    /// <summary>
    /// Grants such as <c>security.insecure</c>; paths are ignored, compose grants what it names itself.
    /// </summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>Value of <c>--provenance</c>, or null.</summary>
    public string? Provenance { get; init; }

    /// <summary>Value of <c>--sbom</c>, or null.</summary>
    public string? Sbom { get; init; }

    /// <summary>Targets named on the command line; none stands for the default group.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Parses what follows <c>bake</c>.</summary>
    /// <returns>Null when the line asks for anything but building a definition from stdin.</returns>
    public static BakeArguments? TryParse(IReadOnlyList<string> arguments)
    {
        var parsed = new BakeArguments();
        var isFromStdin = false;
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = Split(arguments[i]);
            if (!name.StartsWith('-'))
            {
                parsed = parsed with { Targets = [.. parsed.Targets, name] };
                continue;
            }

            if (value is null)
            {
                if (++i == arguments.Count)
                {
                    return null;
                }

                value = arguments[i];
            }

            isFromStdin |= name is "--file" or "-f" && value == "-";
            if (parsed.With(name, value) is not { } next)
            {
                return null;
            }

            parsed = next;
        }

        return isFromStdin ? parsed : null;
    }

    private BakeArguments? With(string name, string value) => name switch
    {
        "--file" or "-f" => value == "-" ? this : null,
        "--progress" => this with { Progress = value },
        "--metadata-file" => this with { MetadataFile = value },
        "--builder" => this with { Builder = value },
        "--allow" => this with { Allowed = [.. Allowed, value] },
        "--provenance" => this with { Provenance = value },
        "--sbom" => this with { Sbom = value },
        _ => null,
    };

    private static (string Name, string? Value) Split(string argument)
    {
        var equals = argument.StartsWith("--", StringComparison.Ordinal)
            ? argument.IndexOf('=', StringComparison.Ordinal)
            : -1;
        return equals < 0 ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }
}
