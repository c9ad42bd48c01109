using ComposePipCache.Cli.Settings.Yaml;

namespace ComposePipCache.Cli.Compose;

/// <summary>What the bare text of a compose file tells.</summary>
internal static class ComposeText
{
    /// <summary>Whether settings of ours may be in the file, or in another one that it brings in.</summary>
    public static bool MayHoldSettings(string path)
    {
        if (path is ComposeFiles.StandardInput)
        {
            return false; // it can be read once, and compose is to read it
        }

        try
        {
            var text = File.ReadAllText(path);
            return text.Contains(ProjectModel.Key, StringComparison.Ordinal)
                || HasKey(text, "include")
                || (HasKey(text, "extends") && HasKey(text, "file"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return true; // compose fetches files from other places too
        }
    }

    /// <summary>Whether the settings are in the file itself.</summary>
    public static bool HoldsSettings(string path) =>
        File.Exists(path) && File.ReadAllText(path).Contains(ProjectModel.Key, StringComparison.Ordinal);

    /// <summary>Whether a word stands where it may be a key; one in a comment counts, so that none is missed.</summary>
    public static bool HasKey(string text, string key)
    {
        var at = -1;
        while ((at = text.IndexOf(key, at + 1, StringComparison.Ordinal)) >= 0)
        {
            var rest = text.AsSpan(at + key.Length).TrimStart("\"' \t");
            if (rest is [':', ..] && (at == 0 || !IsNamePart(text[at - 1])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNamePart(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.';
}
