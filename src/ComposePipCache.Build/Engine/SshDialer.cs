using System.ComponentModel;

namespace ComposePipCache.Build.Engine;

/// <summary>Reaches an engine by <c>docker system dial-stdio</c> at the other end of an ssh process.</summary>
/// <remarks>A dial succeeds once the process runs; that ssh cannot log in shows when its stream is read.</remarks>
internal sealed class SshDialer(EngineEndpoint endpoint, EnvironmentSnapshot environment) : IEngineDialer
{
    public EngineEndpoint Endpoint => endpoint;

    public Task<Stream> DialAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var ssh = environment.FindProgram("ssh")
            ?? throw new EngineUnreachableException(DialErrors.NoSsh(endpoint, "there is no `ssh` on the PATH"));
        try
        {
            var process = ChildProcess.Start(CommandLine(ssh), environment);
            return Task.FromResult<Stream>(new SshStream(process, endpoint));
        }
        catch (Win32Exception error)
        {
            throw new EngineUnreachableException(DialErrors.NoSsh(endpoint, $"{ssh}: {error.Message}"), error);
        }
    }

    public void Dispose()
    {
    }

    // In a session of its own, so that Ctrl-C in the terminal does not cut the line a build is still ended over.
    private List<string> CommandLine(string ssh)
    {
        List<string> command = environment.FindProgram("setsid") is { } setsid ? [setsid, ssh] : [ssh];
        command.AddRange(SshCommand.Arguments(endpoint.Address));
        return command;
    }
}
