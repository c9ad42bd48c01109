using System.Text.RegularExpressions;

namespace ComposePipCache.Wheelhouse.Sources;

/// <summary>Brings the spellings of one version (PEP 440) to one text, so that texts can be compared.</summary>
internal static partial class ComparableVersion
{
    public static string Of(string version)
    {
        var text = version.Trim().ToLowerInvariant();
        return Version().Match(text) is { Success: true } match ? Canonical(match) : text.Replace('-', '_');
    }

    private static string Canonical(Match match)
    {
        var post = Number(match, "implicit");
        return string.Concat(
            Number(match, "epoch") is var epoch and not "0" and not "" ? epoch + "!" : "",
            Release(match.Groups["release"].Value),
            Part(match, "pre"),
            post.Length > 0 ? ".post" + post : Part(match, "post"),
            Part(match, "dev"),
            match.Groups["local"] is { Success: true } local ? "+" + Local(local.Value) : "");
    }

    private static string Release(string text)
    {
        var numbers = text.Split('.').Select(Plain).ToList();
        while (numbers.Count > 1 && numbers[^1] == "0")
        {
            numbers.RemoveAt(numbers.Count - 1);
        }

        return string.Join('.', numbers);
    }

    private static string Part(Match match, string name)
    {
        var word = match.Groups[name].Value switch
        {
            "alpha" => "a",
            "beta" => "b",
            "c" or "pre" or "preview" => "rc",
            "rev" or "r" => "post",
            var other => other,
        };
        return word.Length == 0 ? "" : $".{word}{Plain(match.Groups[name + "number"].Value)}";
    }

    private static string Local(string text) =>
        string.Join('.', text.Split('.', '-', '_').Select(part => part.All(char.IsAsciiDigit) ? Plain(part) : part));

    private static string Number(Match match, string name) =>
        match.Groups[name] is { Success: true } group ? Plain(group.Value) : "";

    private static string Plain(string number) => number.TrimStart('0') is { Length: > 0 } plain ? plain : "0";

    [GeneratedRegex(
        """
        ^v?(?:(?<epoch>\d+)!)?(?<release>\d+(?:\.\d+)*)
        (?:[-_.]?(?<pre>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?<prenumber>\d*))?
        (?:[-_](?<implicit>\d+)|[-_.]?(?<post>post|rev|r)[-_.]?(?<postnumber>\d*))?
        (?:[-_.]?(?<dev>dev)[-_.]?(?<devnumber>\d*))?
        (?:\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?$
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version();
}
