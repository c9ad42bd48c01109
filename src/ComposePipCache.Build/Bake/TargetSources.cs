namespace ComposePipCache.Build.Bake;

/// <summary>The directories of one target and the frontend options that refer to them.</summary>
internal sealed class TargetSources
{
    private const string DefaultDockerfile = "Dockerfile";

    private readonly BakeTarget _target;
    private readonly InlineDockerfiles _inline;
    private readonly string _workingDirectory;

    private TargetSources(BakeTarget target, InlineDockerfiles inline, string workingDirectory)
    {
        _target = target;
        _inline = inline;
        _workingDirectory = workingDirectory;
    }

    /// <summary>Directory by local source name.</summary>
    public SortedDictionary<string, string> Directories { get; } = new(StringComparer.Ordinal);

    /// <summary>Options of the frontend that go with them.</summary>
    public Dictionary<string, string> Options { get; } = new(StringComparer.Ordinal);

    /// <summary>The Dockerfile on this host; null for one in a remote context.</summary>
    public string? DockerfilePath =>
        Directories.TryGetValue("dockerfile", out var directory) ? Path.Combine(directory, Options["filename"]) : null;

    /// <summary>Base name of the context; makes the daemon's copy of the context findable by the next build.</summary>
    public string SharedKey { get; private set; } = "";

    /// <summary>Checks that everything the target names is there.</summary>
    /// <exception cref="PipCacheException">A directory or the Dockerfile is missing.</exception>
    public static TargetSources Locate(BakeTarget target, InlineDockerfiles inline, string workingDirectory)
    {
        var sources = new TargetSources(target, inline, workingDirectory);
        sources.AddContext();
        sources.AddDockerfile();
        sources.AddNamedContexts();
        return sources;
    }

    private static bool IsRemote(string context) =>
        context.Contains("://", StringComparison.Ordinal)
        || context.StartsWith("git@", StringComparison.Ordinal)
        || context.StartsWith("github.com/", StringComparison.Ordinal);

    private void AddContext()
    {
        var path = Path.GetFullPath(_target.Context, _workingDirectory);
        if (Directory.Exists(path))
        {
            Directories["context"] = path;
            SharedKey = Path.GetFileName(path);
        }
        else if (IsRemote(_target.Context))
        {
            Options["context"] = _target.Context;
        }
        else
        {
            throw BakeErrors.NoContext(_target.Name, path);
        }
    }

    private void AddDockerfile()
    {
        if (_target.DockerfileInline.Length > 0)
        {
            Directories["dockerfile"] = _inline.DirectoryFor(_target.DockerfileInline);
            Options["dockerfilekey"] = "dockerfile";
            Options["filename"] = DefaultDockerfile;
            return;
        }

        var name = _target.Dockerfile.Length > 0 ? _target.Dockerfile : DefaultDockerfile;
        if (!Directories.TryGetValue("context", out var context))
        {
            AddRemoteDockerfile(name);
            return;
        }

        var path = Find(Path.GetFullPath(name, context));
        Directories["dockerfile"] = Path.GetDirectoryName(path)!;
        Options["filename"] = Path.GetFileName(path);
    }

    private void AddRemoteDockerfile(string name)
    {
        Options["filename"] = name;
        if (Path.IsPathRooted(name))
        {
            var path = Find(name);
            Directories["dockerfile"] = Path.GetDirectoryName(path)!;
            Options["dockerfilekey"] = "dockerfile";
            Options["filename"] = Path.GetFileName(path);
        }
    }

    /// <summary>As buildx, a <c>dockerfile</c> stands in for a missing <c>Dockerfile</c>.</summary>
    private string Find(string path)
    {
        if (File.Exists(path))
        {
            return path;
        }

        var lower = Path.Combine(Path.GetDirectoryName(path)!, DefaultDockerfile.ToLowerInvariant());
        return Path.GetFileName(path) == DefaultDockerfile && File.Exists(lower)
            ? lower
            : throw BakeErrors.NoDockerfile(_target.Name, path);
    }

    private void AddNamedContexts()
    {
        foreach (var (name, value) in _target.Contexts)
        {
            if (value.StartsWith("target:", StringComparison.Ordinal))
            {
                // Filled in when the other target's graph is known.
                continue;
            }

            if (value.StartsWith("oci-layout://", StringComparison.Ordinal))
            {
                throw BakeErrors.Unsupported(_target.Name, "contexts", value);
            }

            AddNamedContext(name, value);
        }
    }

    private void AddNamedContext(string name, string value)
    {
        var path = Path.GetFullPath(value, _workingDirectory);
        if (Directory.Exists(path))
        {
            Directories[name] = path;
            Options["context:" + name] = "local:" + name;
        }
        else
        {
            Options["context:" + name] = IsRemote(value) ? value : throw BakeErrors.NoContext(_target.Name, path);
        }
    }
}
