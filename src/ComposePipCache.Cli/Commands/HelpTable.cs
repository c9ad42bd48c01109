using ComposePipCache.Cli.Settings;

namespace ComposePipCache.Cli.Commands;

/// <summary>Options in two columns: letters in line, names in line, descriptions in line.</summary>
internal static class HelpTable
{
    public static string Render(IEnumerable<HelpRow> rows)
    {
        var lines = rows.Select(row => (Left: LeftOf(row), row.Description)).ToArray();
        var width = lines.Max(line => line.Left.Length);
        return string.Join('\n', lines.Select(line => $"{line.Left.PadRight(width)}   {line.Description}"));
    }

    /// <summary>Our own options.</summary>
    public static string RenderFlags() => Render(PipCacheFlags.All.Select(RowOf));

    public static HelpRow RowOf(PipCacheFlag flag) => new(null, $"--{flag.Name}", flag.ValueType, flag.Description);

    private static string LeftOf(HelpRow row)
    {
        var letter = row.Letter is null ? "      " : $"  {row.Letter}, ";
        return row.ValueType is null ? letter + row.Name : $"{letter}{row.Name} {row.ValueType}";
    }
}
