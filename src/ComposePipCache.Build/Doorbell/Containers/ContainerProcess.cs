using ComposePipCache.BuildKit.Errors;
using ComposePipCache.BuildKit.Gateway;
using ComposePipCache.Protocol.Llb;

namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>Runs the shell in a gateway container, as root and with the step's environment.</summary>
internal sealed class ContainerProcess(GatewayContainer container, IEnumerable<string> environment)
{
    private const string Shell = "/bin/sh";

    /// <inheritdoc cref="ShellProcess"/>
    /// <exception cref="SeedException">There is no shell.</exception>
    public async Task<int> RunAsync(
        IReadOnlyList<string> arguments,
        Stream input,
        Stream output,
        Stream errors,
        CancellationToken cancellationToken)
    {
        var request = new ProcessRequest
        {
            Meta = new Meta { Args = { Shell, arguments }, Env = { environment }, Cwd = "/", User = "0" },
            StandardInput = input,
            StandardOutput = output,
            StandardError = errors,
        };
        try
        {
            return await container.ExecAsync(request, cancellationToken);
        }
        catch (BuildKitException e) when (e.Message.Contains(Shell, StringComparison.Ordinal))
        {
            // runc: exec: "/bin/sh": stat /bin/sh: no such file or directory
            throw SeedErrors.NoShell(e);
        }
    }
}
