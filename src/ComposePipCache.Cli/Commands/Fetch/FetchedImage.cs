using System.Text.Json.Serialization;
using ComposePipCache.Build.Fetch;

namespace ComposePipCache.Cli.Commands.Fetch;

/// <summary>An image of the project, and what became of it.</summary>
internal sealed record FetchedImage
{
    public required string Name { get; init; }

    public required ImageState State { get; init; }

    /// <summary>What was downloaded of it; null where compose pulled it, which does not tell.</summary>
    public long? Bytes { get; init; }

    public string? Platform { get; init; }

    public string? Problem { get; init; }

    public required IReadOnlyList<string> Services { get; init; }

    /// <summary>The engine's name for it; null where it is not there.</summary>
    [JsonIgnore]
    public string? Id { get; init; }

    /// <summary>Whether the project can do without it.</summary>
    [JsonIgnore]
    public bool IsOptional { get; init; }

    [JsonIgnore]
    public bool IsThere => State is ImageState.Present or ImageState.Pulled;

    /// <summary>Each image once, with all the services that need it.</summary>
    public static IReadOnlyList<FetchedImage> Merge(IEnumerable<FetchedImage> images) =>
    [
        .. images.GroupBy(image => (image.Name, image.Platform)).Select(group => group.MaxBy(image => image.State)! with
        {
            Bytes = group.Max(image => image.Bytes),
            IsOptional = group.All(image => image.IsOptional),
            Services = [.. group.SelectMany(image => image.Services).Distinct()],
        }),
    ];
}
