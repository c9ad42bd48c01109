using ComposePipCache.Protocol.Gateways;

namespace ComposePipCache.Build.Bake;

/// <summary>What a target's frontend is asked for: the graph of its Dockerfile.</summary>
internal static class FrontendRequest
{
    private const string SyntaxArgument = "BUILDKIT_SYNTAX";

    /// <summary>The frontend's image, and what follows it, where a build argument names one.</summary>
    public static string? SyntaxOf(BakeTarget target) => target.Args.GetValueOrDefault(SyntaxArgument);

    /// <summary>Waits for the graphs of the targets that serve as contexts.</summary>
    public static async Task<SolveRequest> CreateAsync(
        BakeTarget target,
        IReadOnlyDictionary<string, string> options,
        IReadOnlyDictionary<string, string> contexts,
        IReadOnlyDictionary<string, LinkedTarget> linked,
        CancellationToken cancellationToken)
    {
        var solve = new SolveRequest { Frontend = "dockerfile.v0" };
        foreach (var (key, value) in options)
        {
            solve.FrontendOpt[key] = value;
        }

        if (SyntaxOf(target) is { } syntax)
        {
            solve.Frontend = "gateway.v0";
            solve.FrontendOpt["source"] = syntax.Split(' ')[0];
            solve.FrontendOpt["cmdline"] = syntax;
        }

        var imports = FrontendOptions.CacheImports(target);
        if (imports.Count > 0)
        {
            solve.FrontendOpt["cache-imports"] = FrontendOptions.CacheImportsOption(imports);
        }

        foreach (var (context, name) in contexts)
        {
            LinkedContexts.Add(solve, context, name, await linked[name].Solved.WaitAsync(cancellationToken));
        }

        return solve;
    }
}
