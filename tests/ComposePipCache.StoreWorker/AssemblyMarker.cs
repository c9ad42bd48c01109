namespace ComposePipCache.StoreWorker;

/// <summary>Tells tests where the program is.</summary>
public static class AssemblyMarker
{
    public static string Location => typeof(AssemblyMarker).Assembly.Location;
}
