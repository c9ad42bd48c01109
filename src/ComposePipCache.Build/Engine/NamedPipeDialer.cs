using System.IO.Pipes;

namespace ComposePipCache.Build.Engine;

/// <summary>Reaches an engine through a Windows named pipe such as <c>//./pipe/docker_engine</c>.</summary>
internal sealed class NamedPipeDialer(EngineEndpoint endpoint) : IEngineDialer
{
    public EngineEndpoint Endpoint => endpoint;

    public async Task<Stream> DialAsync(CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsWindows())
        {
            throw new EngineUnreachableException(DialErrors.PipeElsewhere(endpoint));
        }

        if (endpoint.Address.Name.Replace('\\', '/').Split('/') is not ["", "", var server, "pipe", var pipe])
        {
            throw new EngineUnreachableException(DialErrors.PipeMalformed(endpoint));
        }

        var stream = new NamedPipeClientStream(server, pipe, PipeDirection.InOut, PipeOptions.Asynchronous);
        try
        {
            await stream.ConnectAsync(cancellationToken);
            return stream;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            await stream.DisposeAsync();
            throw new EngineUnreachableException(DialErrors.Pipe(endpoint, error), error);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    public void Dispose()
    {
    }
}
