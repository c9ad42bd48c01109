using System.Diagnostics;
using System.Net.Sockets;
using CliWrap;
using CliWrap.Buffered;
using ComposePipCache.BuildKit.Connection;

namespace ComposePipCache.Bed;

/// <summary>One engine of the bed, with a client configuration and a cache folder that belong to one test.</summary>
public sealed class Engine : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private Engine(string name, string host, string docker)
    {
        Name = name;
        Host = host;
        Docker = docker;
    }

    public string Name { get; }

    /// <summary>For DOCKER_HOST.</summary>
    public string Host { get; }

    /// <summary>The docker command.</summary>
    public string Docker { get; }

    public string SocketPath => Host["unix://".Length..];

    /// <summary>The client configuration; the plugins lie in <c>cli-plugins</c>.</summary>
    public string ConfigDirectory => Path.Combine(_folder.Path, "config");

    public string CacheDirectory => Path.Combine(_folder.Path, "cache");

    /// <summary>Has our plugin installed beside compose and buildx.</summary>
    public static async Task<Engine> OpenAsync(string name)
    {
        if (!File.Exists(Repository.Plugin))
        {
            throw new InvalidOperationException("run `make publish` first");
        }

        var host = "unix://" + await BedScript.PathAsync($"socket-{name}");
        var engine = new Engine(name, host, await BedScript.PathAsync("docker"));
        var plugins = Directory.CreateDirectory(Path.Combine(engine.ConfigDirectory, "cli-plugins"));
        File.WriteAllText(Path.Combine(engine.ConfigDirectory, "config.json"), "{}");
        File.CreateSymbolicLink(Path.Combine(plugins.FullName, "docker-compose"), await BedScript.PathAsync("compose"));
        File.CreateSymbolicLink(Path.Combine(plugins.FullName, "docker-buildx"), await BedScript.PathAsync("buildx"));
        File.CreateSymbolicLink(Path.Combine(plugins.FullName, "docker-pipcache"), Repository.Plugin);
        return engine;
    }

    /// <summary>The command with this engine's environment; a non-zero exit code is the caller's to judge.</summary>
    public Command Command(string workingDirectory, params string[] arguments) => Cli.Wrap(Docker)
        .WithArguments(arguments)
        .WithWorkingDirectory(workingDirectory)
        .WithEnvironmentVariables(Environment())
        .WithValidation(CommandResultValidation.None);

    public async Task<BufferedCommandResult> RunAsync(string workingDirectory, params string[] arguments) =>
        await Command(workingDirectory, arguments).ExecuteBufferedAsync();

    /// <summary>Runs docker and expects success.</summary>
    public async Task<string> SucceedAsync(string workingDirectory, params string[] arguments)
    {
        var result = await RunAsync(workingDirectory, arguments);
        return result.ExitCode == 0
            ? result.StandardOutput
            : throw new InvalidOperationException(
                $"docker {string.Join(' ', arguments)}: exit code {result.ExitCode}\n{result.StandardOutput}\n{result.StandardError}");
    }

    /// <summary>For runs that are measured or signalled: no library in between.</summary>
    public ProcessStartInfo StartInfo(string program, string workingDirectory, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = workingDirectory };
        foreach (var (name, value) in Environment())
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>Our plugin under the name by which compose starts its builder.</summary>
    public string Builder()
    {
        var path = Path.Combine(_folder.Path, "docker-buildx");
        if (!File.Exists(path))
        {
            File.CreateSymbolicLink(path, Repository.Plugin);
        }

        return path;
    }

    /// <summary>Empties the build cache, so that the next build runs every step.</summary>
    public Task PruneAsync() => SucceedAsync("/", "builder", "prune", "-af");

    /// <summary>A raw connection to the engine's API, for the client library.</summary>
    public DialEngine Dial() => async cancellationToken =>
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    };

    public IReadOnlyDictionary<string, string?> Environment() => new Dictionary<string, string?>
    {
        ["DOCKER_HOST"] = Host,
        ["DOCKER_CONFIG"] = ConfigDirectory,
        ["DOCKER_CONTEXT"] = null,
        ["DOCKER_BUILDKIT"] = null,
        ["PIPCACHE_DIR"] = CacheDirectory,
        ["COMPOSE_PROGRESS"] = null,
        ["NO_COLOR"] = "1",
    };

    public void Dispose() => _folder.Dispose();
}
