namespace ComposePipCache.Wheelhouse.Store;

/// <summary>Which folder of a wheelhouse holds what.</summary>
internal sealed record StoreLayout(string Root)
{
    public string Wheels => Path.Combine(Root, "wheels", "sha256");

    public string Locks => Path.Combine(Root, "locks");

    public string Layers => Path.Combine(Root, "layers");

    /// <summary>What is known about folders of the user's.</summary>
    public string Facts => Path.Combine(Root, "facts");

    /// <summary>Index pages as servers sent them last.</summary>
    public string Pages => Path.Combine(Root, "pages");

    public string Partial => Path.Combine(Root, "partial");

    public string FolderOf(string sha256) => Path.Combine(Wheels, sha256[..2], sha256);
}
