using ComposePipCache.Python.Requirements;

namespace ComposePipCache.Python.Wheels;

/// <summary>The tags an interpreter and its pip take, the best first, as <c>packaging.tags</c> lists them.</summary>
/// <remarks>
/// A hint only: markers, extras and Requires-Python still decide, and a pip older than 20 orders its list differently.
/// </remarks>
public sealed class SupportedTags
{
    private readonly Dictionary<CompatibilityTag, int> _ranks = [];

    private SupportedTags(IEnumerable<CompatibilityTag> tags)
    {
        foreach (var tag in tags)
        {
            _ranks.TryAdd(tag, _ranks.Count);
        }

        All = [.. _ranks.OrderBy(pair => pair.Value).Select(pair => pair.Key)];
    }

    public IReadOnlyList<CompatibilityTag> All { get; }

    public static SupportedTags Of(InterpreterFacts facts)
    {
        var (major, minor) = TwoNumbers(facts.Version);
        string[] platforms = [.. LinuxPlatforms.Of(facts)];
        var isCPython = facts.Implementation == "cpython";
        var own = isCPython ? CPython(facts, platforms) : PyPy(major, minor, facts.Abi, platforms);
        var anywhere = isCPython ? $"cp{major}{minor}" : "pp3";
        return new SupportedTags([.. own, .. Compatible(major, minor, anywhere, platforms)]);
    }

    /// <summary>The list of another source, such as pip's own.</summary>
    public static SupportedTags Of(IEnumerable<CompatibilityTag> tags) => new(tags);

    public bool IsCompatible(WheelName wheel) => Rank(wheel) is not null;

    /// <summary>The place of the wheel's best tag, 0 is best; null where the wheel does not fit.</summary>
    public int? Rank(WheelName wheel)
    {
        int? best = null;
        foreach (var tag in wheel.Tags)
        {
            if (_ranks.TryGetValue(tag, out var rank) && (best is null || rank < best))
            {
                best = rank;
            }
        }

        return best;
    }

    internal static (int Major, int Minor) TwoNumbers(string text)
    {
        var parts = text.Split('.');
        return (Number(parts[0]), parts.Length > 1 ? Number(parts[1]) : 0);
    }

    // not more than a version has: the lists below are as long as the number
    private static int Number(string text) =>
        int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? Math.Clamp(number, 0, 200)
            : 0;

    private static IEnumerable<CompatibilityTag> CPython(InterpreterFacts facts, string[] platforms)
    {
        var (major, minor) = TwoNumbers(facts.Version);
        var version = $"cp{major}{minor}";
        var abi = facts.Abi.Length > 0 ? facts.Abi : version + (major == 3 && minor < 8 ? "m" : "");
        var flags = abi.StartsWith(version, StringComparison.Ordinal) ? abi[version.Length..] : "";
        List<(string Python, string Abi)> pairs = [(version, abi)];
        if (flags.Contains('d') && minor >= 8)
        {
            // a debug build takes ordinary extensions as well
            pairs.Add((version, version + flags.Replace("d", "", StringComparison.Ordinal)));
        }

        var stable = major == 3 && minor >= 2 ? StableAbi(flags.Contains('t'), facts.PipVersion) : null;
        if (stable is not null)
        {
            pairs.Add((version, stable));
        }

        pairs.Add((version, "none"));
        for (var older = minor - 1; stable is not null && older >= 2; older--)
        {
            pairs.Add(($"cp{major}{older}", stable));
        }

        return OnAll(pairs, platforms);
    }

    // pip 26.1 is the first that knows a stable ABI for interpreters without a global lock
    private static string? StableAbi(bool isFreeThreaded, string pip) =>
        !isFreeThreaded ? "abi3"
        : pip.Length == 0 || TwoNumbers(pip).CompareTo((26, 1)) >= 0 ? "abi3t"
        : null;

    private static IEnumerable<CompatibilityTag> PyPy(int major, int minor, string abi, string[] platforms)
    {
        var version = $"pp{major}{minor}";
        return OnAll(abi.Length > 0 ? [(version, abi), (version, "none")] : [(version, "none")], platforms);
    }

    private static IEnumerable<CompatibilityTag> Compatible(int major, int minor, string own, string[] platforms)
    {
        List<string> versions = [$"py{major}{minor}", $"py{major}"];
        for (var older = minor - 1; older >= 0; older--)
        {
            versions.Add($"py{major}{older}");
        }

        return
        [
            .. OnAll(versions.Select(version => (version, "none")), platforms),
            new CompatibilityTag(own, "none", "any"),
            .. versions.Select(version => new CompatibilityTag(version, "none", "any")),
        ];
    }

    private static IEnumerable<CompatibilityTag> OnAll(
        IEnumerable<(string Python, string Abi)> pairs, string[] platforms) =>
        from pair in pairs
        from platform in platforms
        select new CompatibilityTag(pair.Python, pair.Abi, platform);
}
