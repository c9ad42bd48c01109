namespace ComposePipCache.Python.Configuration;

/// <summary>Reads pip's INI files as Python's RawConfigParser does, but passes over what that refuses.</summary>
internal static class PipConfigSyntax
{
    /// <summary>Section, option and value, in the order of the file. Options are in pip's normal form.</summary>
    public static IEnumerable<(string Section, string Option, string Value)> Read(string text)
    {
        var section = "";
        var options = new List<(string Section, string Option, string Value)>();
        foreach (var line in text.Split('\n'))
        {
            var content = line.Trim();
            if (content.Length == 0 || content[0] is '#' or ';')
            {
                continue;
            }

            if (char.IsWhiteSpace(line[0]) && options.Count > 0 && options[^1].Section == section)
            {
                options[^1] = options[^1] with { Value = $"{options[^1].Value}\n{content}".Trim() };
            }
            else if (content[0] == '[' && content.IndexOf(']', StringComparison.Ordinal) is > 0 and var end)
            {
                section = content[1..end];
            }
            else if (content.IndexOfAny(['=', ':']) is > 0 and var separator)
            {
                options.Add((section, Normalize(content[..separator]), content[(separator + 1)..].Trim()));
            }
        }

        return options.Where(option => option.Section.Length > 0);
    }

    /// <summary>pip's _normalize_name: lower case, hyphens, without leading hyphens.</summary>
    public static string Normalize(string option) =>
        option.Trim().ToLowerInvariant().Replace('_', '-').TrimStart('-');
}
