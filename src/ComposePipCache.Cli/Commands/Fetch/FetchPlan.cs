using ComposePipCache.Build.Engine;

namespace ComposePipCache.Cli.Commands.Fetch;

/// <summary>What is to be built and what is to be pulled.</summary>
/// <param name="Built">Services that compose builds.</param>
/// <param name="Images">What the others start from.</param>
internal sealed record FetchPlan(IReadOnlyList<ModelService> Built, IReadOnlyList<NeededImage> Images)
{
    private const string Never = "never";

    /// <param name="services">Those that were asked for, and all that they depend on.</param>
    /// <param name="platform">For services that name none.</param>
    public static FetchPlan Of(IReadOnlyList<ModelService> services, string? platform)
    {
        var built = services.Where(service => service.IsBuilt).ToList();
        var madeHere = built.Select(service => service.Image).OfType<string>().Select(Reference)
            .ToHashSet(StringComparer.Ordinal);
        var own = services
            .Where(service => service is { IsBuilt: false, IsProvided: false, Image: not null })
            .Select(service => (Image: service.Image!, Service: service, IsComposes: true));
        var more = services.SelectMany(service => service.MoreImages
            .Select(image => (Image: image, Service: service, IsComposes: false)));
        var images = own.Concat(more)
            .Where(needed => !madeHere.Contains(Reference(needed.Image)))
            .GroupBy(needed => (Name: Reference(needed.Image), Platform: needed.Service.Platform ?? platform))
            .Select(group => new NeededImage(
                group.First().Image, group.Key.Platform, [.. group.Select(needed => needed.Service.Name).Distinct()])
            {
                IsComposes = group.Any(needed => needed.IsComposes),
                IsNeverPulled = group.All(needed => needed.Service.PullPolicy == Never),
            });
        return new FetchPlan(built, [.. images]);
    }

    private static string Reference(string image) => ImageName.Parse(image).Reference;
}
