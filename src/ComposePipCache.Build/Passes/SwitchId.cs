namespace ComposePipCache.Build.Passes;

/// <summary>The id of a switch: whose it is and which variable it answers.</summary>
/// <remarks>
/// Ids are inside the cache key, so they are made of what is in the key anyway: the step's own text, and the scope.
/// </remarks>
internal static class SwitchId
{
    private const string Scheme = "docker-pipcache:";

    /// <summary>What all ids of a step begin with.</summary>
    public static string Prefix(string scope, string step) => $"{Scheme}{scope}:{step}:";

    /// <summary>Splits an id of ours; false for an author's secret.</summary>
    public static bool TryParse(string id, out string prefix, out string variable)
    {
        var last = id.LastIndexOf(':');
        (prefix, variable) = id.StartsWith(Scheme, StringComparison.Ordinal) && last >= Scheme.Length
            ? (id[..(last + 1)], id[(last + 1)..])
            : ("", "");
        return variable.Length > 0;
    }
}
