namespace ComposePipCache.Build.Engine;

/// <summary>There is no talking to the engine: nobody listens, access is refused, or TLS fails.</summary>
public sealed class EngineUnreachableException(ErrorText text, Exception? inner = null)
    : PipCacheException(text, inner)
{
    /// <summary>Finds this failure inside what HTTP and gRPC clients wrap around it.</summary>
    public static EngineUnreachableException? Find(Exception? error)
    {
        while (error is not null and not EngineUnreachableException)
        {
            error = error.InnerException;
        }

        return (EngineUnreachableException?)error;
    }
}
