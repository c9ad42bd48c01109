namespace ComposePipCache.Python.Index;

/// <summary>A page to ask for.</summary>
/// <param name="Project">The normalized name; empty for a find-links page, which may have files of any project.</param>
/// <param name="Url">The page; a user and password of the index are in it.</param>
public sealed record PageRequest(string Project, Uri Url)
{
    /// <summary>The page of a project on an index (PEP 503).</summary>
    /// <param name="index">Such as <c>https://pypi.org/simple</c>, with or without a slash at its end.</param>
    /// <param name="project">The normalized name.</param>
    public static PageRequest Of(Uri index, string project) =>
        new(project, new Uri($"{index.AbsoluteUri.TrimEnd('/')}/{Uri.EscapeDataString(project)}/"));

    public override string ToString() => Project;
}
