namespace ComposePipCache.Python.Wheels;

/// <summary>What a file on an index is, by its name.</summary>
public enum FileKind
{
    Wheel,
    Sdist,
    Other,
}
