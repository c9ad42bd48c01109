namespace ComposePipCache.Build.Resolve.Serving;

/// <summary>Guesses what pip will ask for next, and asks for it ahead.</summary>
public interface IReadAhead
{
    /// <summary>pip asked for a page and gets it now: once for each page, on pip's time, so it must not wait.</summary>
    void PageArrived(ArrivedPage page);
}
