namespace ComposePipCache.Python.Requirements;

/// <summary>Reads the files that describe projects, and the requirements files that those name.</summary>
internal sealed class ProjectReader(FileTexts files)
{
    private static readonly string[] Archives = [".whl", ".zip", ".gz", ".tgz", ".bz2", ".xz", ".tar"];

    private readonly HashSet<string> _visited = [];

    /// <summary>Reads a project that is installed from its folder; an archive is only a name.</summary>
    public void ReadFolder(string? workingDirectory, string location)
    {
        var path = location.StartsWith("file://", StringComparison.Ordinal) ? location["file://".Length..] : location;
        var bracket = path.EndsWith(']') ? path.LastIndexOf('[') : -1;
        path = bracket > 0 ? path[..bracket] : path;
        if (path.AsSpan().IndexOfAny('*', '?') >= 0)
        {
            files.Unknown(path);
            return;
        }

        if (Archives.Contains(Path.GetExtension(path)))
        {
            return;
        }

        var isFound = false;
        foreach (var name in ProjectText.FileNames)
        {
            isFound |= ReadFile(workingDirectory, $"{path}/{name}", isRequired: false);
        }

        if (!isFound)
        {
            files.Unknown(path);
        }
    }

    /// <summary>Reads one file, and those it mentions.</summary>
    /// <returns>False when it is known not to be there.</returns>
    public bool ReadFile(string? folder, string name, bool isRequired)
    {
        if (PosixPath.Combine(folder, name) is not { } path)
        {
            files.Unknown(name);
            return true;
        }

        if (!_visited.Add(path) || !files.TryRead(path, out var text))
        {
            return true;
        }

        if (text is null)
        {
            if (isRequired)
            {
                files.Unknown(name);
            }

            return false;
        }

        files.WriteFile(path, text);
        ReadMentioned(PosixPath.Folder(path), text);
        return true;
    }

    private void ReadMentioned(string folder, string text)
    {
        foreach (var mentioned in ProjectText.MentionedFiles(text))
        {
            if (PosixPath.Combine(folder, mentioned) is { } path && _visited.Add(path)
                && files.TryRead(path, out var found) && found is not null)
            {
                files.WriteFile(path, found);
            }
        }
    }
}
