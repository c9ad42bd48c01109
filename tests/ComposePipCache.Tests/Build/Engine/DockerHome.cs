using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using ComposePipCache.Build;
using ComposePipCache.Build.Engine;

namespace ComposePipCache.Tests.Build.Engine;

/// <summary>A home directory for one test, with a docker configuration and a PATH of its own.</summary>
internal sealed class DockerHome : IDisposable
{
    private readonly Dictionary<string, string> _variables;

    public DockerHome()
    {
        Root = Directory.CreateTempSubdirectory("docker-home-").FullName;
        Config = new DockerConfigDirectory(Directory.CreateDirectory(At(".docker")).FullName);
        Programs = Directory.CreateDirectory(At("bin")).FullName;
        _variables = new Dictionary<string, string> { ["HOME"] = Root, ["PATH"] = Programs };
    }

    public string Root { get; }

    public string Programs { get; }

    public DockerConfigDirectory Config { get; }

    public EnvironmentSnapshot Environment => new(_variables, Root);

    public string At(params string[] parts) => Path.Combine([Root, .. parts]);

    public DockerHome Set(string name, string value)
    {
        _variables[name] = value;
        return this;
    }

    public string Write(string path, string content)
    {
        var full = At(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
        return full;
    }

    public DockerHome WithConfig(string json)
    {
        Write(".docker/config.json", json);
        return this;
    }

    public DockerHome WithContext(string name, string endpoints, params (string File, string Content)[] tls)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        Write(
            $".docker/contexts/meta/{id}/meta.json",
            $$"""{"Name":"{{name}}","Metadata":{},"Endpoints":{{endpoints}}}""");
        foreach (var (file, content) in tls)
        {
            Write($".docker/contexts/tls/{id}/docker/{file}", content);
        }

        return this;
    }

    /// <summary>Puts a shell script on this home's PATH.</summary>
    public string Program(string name, string script) => Executable(Path.Combine("bin", name), script);

    public string Executable(string path, string script = "exit 0")
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("these tests need shell scripts");
        }

        var full = At(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        using (var copy = Process.Start("cp", [Write("script", $"#!/bin/sh\n{script}\n"), full]))
        {
            // Were the file written by this process, a child that starts in parallel could keep it open for
            // writing, and such a file cannot be run.
            copy.WaitForExit();
        }

        File.SetUnixFileMode(full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return full;
    }

    public EngineEndpoint Resolve(EngineSelection? selection = null) =>
        new EngineEndpointResolver(Config, Config.ReadConfigFile(), Environment)
            .Resolve(selection ?? EngineSelection.None);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
