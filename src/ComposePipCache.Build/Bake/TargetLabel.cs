namespace ComposePipCache.Build.Bake;

/// <summary>The name of a target for people who have many projects.</summary>
internal static class TargetLabel
{
    /// <summary>
    /// <c>project/service</c> where the image is called as compose calls that of a service without an <c>image</c>:
    /// <c>project-service</c>, or <c>project_service</c>. Else the target's own name, which is the service's.
    /// </summary>
    public static string Of(BakeTarget target) => target.Tags
        .Select(tag => ProjectOf(tag, target.Name))
        .FirstOrDefault(project => project is not null) is { } project
            ? $"{project}/{target.Name}"
            : target.Name;

    private static string? ProjectOf(string tag, string name)
    {
        var image = tag[(tag.LastIndexOf('/') + 1)..].Split(':', '@')[0];
        var length = image.Length - name.Length - 1;
        return length > 0 && image.EndsWith(name, StringComparison.Ordinal) && image[length] is '-' or '_'
            ? image[..length]
            : null;
    }
}
