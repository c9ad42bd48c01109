namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>Names what one step sees of the wheel mount.</summary>
public sealed record ViewName
{
    /// <exception cref="ArgumentException">One of them is no name for a folder.</exception>
    public ViewName(string scope, string step)
    {
        Scope = PathSegment.Check(scope);
        Step = PathSegment.Check(step);
    }

    /// <summary>Who may share it.</summary>
    public string Scope { get; }

    /// <summary>The step.</summary>
    public string Step { get; }

    /// <summary>Selector of the step's mount.</summary>
    public string Selector => $"/views/{Scope}/{Step}";
}
