using System.Text;

namespace ComposePipCache.Python.Requirements;

/// <summary>The files at hand, those that are wanted yet, and the text made of them.</summary>
internal sealed class FileTexts(IReadOnlyDictionary<string, string?> texts)
{
    private readonly StringBuilder _text = new();
    private readonly HashSet<string> _known = [];
    private readonly List<string> _needed = [];
    private readonly List<string> _unknowns = [];

    public IReadOnlyList<string> Needed => _needed;

    public IReadOnlyList<string> Unknowns => _unknowns;

    public string Text => _text.ToString();

    /// <summary>Gets a file, or notes that it is wanted.</summary>
    /// <param name="path">The absolute path.</param>
    /// <param name="text">The text; null when it is known that there is no such file.</param>
    public bool TryRead(string path, out string? text)
    {
        var isThere = texts.TryGetValue(path, out text);
        if (!isThere && _known.Add(path))
        {
            _needed.Add(path);
        }

        return isThere;
    }

    public void Write(string line) => _text.Append(line).Append('\n');

    public void WriteFile(string path, string text) => _text.Append("file ").Append(path[(path.LastIndexOf('/') + 1)..])
        .Append('\n').Append(ProjectText.Normalize(text)).Append("\nend\n");

    /// <summary>Notes something that decides about the files and cannot be read.</summary>
    public void Unknown(string text)
    {
        if (_known.Add("?" + text))
        {
            _unknowns.Add(text);
        }
    }
}
