using System.Diagnostics;
using System.Text;
using ComposePipCache.Bed;

namespace ComposePipCache.EngineTests.Interrupts;

/// <summary>A docker command in a session of its own that is watched while it runs.</summary>
internal sealed class LiveCommand : IDisposable
{
    private readonly Engine _engine;
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private int _lines;

    private LiveCommand(Engine engine, Process process)
    {
        (_engine, _process) = (engine, process);
        Ended = Task.WhenAll(
            ReadAsync(process.StandardOutput), ReadAsync(process.StandardError), process.WaitForExitAsync());
    }

    /// <summary>Done when the command has ended and nobody holds its streams any more.</summary>
    public Task Ended { get; }

    public int ExitCode => _process.ExitCode;

    public int Lines => Volatile.Read(ref _lines);

    /// <summary>Those of its processes that live, for a message.</summary>
    public string Left => string.Join("; ", All().Select(MarkedProcesses.LineOf));

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Without a terminal, as the leader of its own session and process group.</summary>
    public static LiveCommand Start(Engine engine, string folder, params string[] words) =>
        Start(engine, folder, "env", ["--default-signal=INT,QUIT", "setsid", engine.Docker, .. words]);

    /// <summary>In a terminal; what is written to <see cref="TypeAsync"/> are its keys.</summary>
    public static LiveCommand StartInTerminal(Engine engine, string folder, params string[] words) =>
        Start(
            engine,
            folder,
            "env",
            ["--default-signal=INT,QUIT", "script", "-qec", $"exec {engine.Docker} {string.Join(' ', words)}", "/dev/null"]);

    public async Task TypeAsync(string keys)
    {
        await _process.StandardInput.WriteAsync(keys);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>The process that plays a role now, or null.</summary>
    public int? Find(Role role) => role switch
    {
        Role.Docker => _process.Id,
        Role.Group => -_process.Id,
        _ => All().Where(id => RoleOf(id) == role).Cast<int?>().FirstOrDefault(),
    };

    /// <summary>Signals whoever plays a role.</summary>
    public void Send(Role role, int signal) =>
        Signals.Send(Find(role) ?? throw new InvalidOperationException($"no {role}\n{Output}"), signal);

    public Task EndAsync() => Eventually.HoldsAsync(
        () => Ended.IsCompleted, () => $"it did not end: {Left}\n{Output}");

    /// <summary>Every process that belongs to the command.</summary>
    public IReadOnlyList<int> All() => MarkedProcesses.WithVariable("PIPCACHE_DIR", _engine.CacheDirectory);

    /// <summary>The files that a process has open.</summary>
    public static IEnumerable<string> FilesOf(int id)
    {
        try
        {
            return [.. Directory.EnumerateFiles($"/proc/{id}/fd").Select(file => new FileInfo(file).LinkTarget ?? "")];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    public void Dispose()
    {
        foreach (var id in All())
        {
            Signals.Send(id, Signals.Kill);
        }

        _process.Dispose();
    }

    private static LiveCommand Start(Engine engine, string folder, string program, string[] arguments)
    {
        var info = engine.StartInfo(program, folder, arguments);
        info.RedirectStandardInput = true;
        info.RedirectStandardOutput = true;
        info.RedirectStandardError = true;
        return new LiveCommand(engine, Process.Start(info)!);
    }

    private static Role? RoleOf(int id) => MarkedProcesses.WordsOf(id) switch
    {
        [_, "__launch" or "docker-cli-plugin-metadata", ..] => null,
        [var name, "bake", ..] when Path.GetFileName(name) == "docker-buildx" => Role.Builder,
        [var name, ..] when Path.GetFileName(name) == "docker-compose" => Role.Compose,
        [var name, ..] when Path.GetFileName(name) == "docker-pipcache" => Role.Plugin,
        _ => null,
    };

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_output)
            {
                _output.Append(line).Append('\n');
                _lines++;
            }
        }
    }
}
