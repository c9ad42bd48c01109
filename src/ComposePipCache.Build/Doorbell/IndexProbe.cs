using ComposePipCache.Build.Passes;

namespace ComposePipCache.Build.Doorbell;

/// <summary>Asks from inside the build's network whether a step's index can be reached.</summary>
internal sealed class IndexProbe(StepContainers containers)
{
    // Two seconds for the name and the connection together; sockets alone do not bound the resolver.
    private const string Program =
        """
        import os, socket, sys, threading
        from urllib.parse import urlsplit
        def ask():
            try:
                url = urlsplit(sys.argv[1])
                proxy = os.environ.get(url.scheme + "_proxy") or os.environ.get(url.scheme.upper() + "_PROXY")
                url = urlsplit(proxy) if proxy else url
                port = url.port or {"https": 443}.get(url.scheme, 80)
                socket.create_connection((url.hostname, port), 2).close()
                answer.append("")
            except socket.gaierror:
                answer.append("name not resolved")
            except socket.timeout:
                answer.append("timed out")
            except Exception as error:
                answer.append(str(getattr(error, "strerror", None) or error).lower())
        answer = []
        thread = threading.Thread(target=ask)
        thread.daemon = True
        thread.start()
        thread.join(2)
        sys.stdout.write((answer or ["timed out"])[0])
        sys.stdout.flush()
        os._exit(0)
        """;

    /// <summary>Why the index cannot be reached; null when it can, or when there is nobody to ask.</summary>
    public async Task<string?> AskAsync(PipStep step, StepInputs inputs, CancellationToken cancellationToken)
    {
        if (inputs.Interpreter is not { } interpreter)
        {
            return null;
        }

        string[] arguments = [interpreter.Path, "-c", Program, inputs.Indexes(step)[0]];
        var answer = await containers.RunAsync(step, arguments, cancellationToken);
        return answer is { Length: > 0 } ? answer : null;
    }
}
