using System.Text;

namespace ComposePipCache.Cli.Output;

/// <summary>Rows in columns as wide as what is in them, headings first, as docker prints lists.</summary>
internal sealed class TextTable(params IReadOnlyList<string> headings)
{
    private const string Gap = "   ";

    private readonly List<IReadOnlyList<string>> _rows = [headings];

    /// <param name="cells">One for each heading.</param>
    public void Add(params IReadOnlyList<string> cells) => _rows.Add(cells);

    /// <summary>Ends in a line feed; no line ends in spaces.</summary>
    public override string ToString()
    {
        var widths = headings.Select((_, column) => _rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in _rows)
        {
            text.Append(string.Join(Gap, row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
            text.Append('\n');
        }

        return text.ToString();
    }
}
