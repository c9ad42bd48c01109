namespace ComposePipCache.Build.Bake;

/// <summary>Refuses what would otherwise be dropped in silence.</summary>
internal static class Support
{
    /// <summary>
    /// Throws for the first field of a target, or option of the command line, that is not supported yet.
    /// </summary>
    public static void Check(IEnumerable<BakeTarget> targets, BakeArguments arguments)
    {
        foreach (var target in targets)
        {
            Refuse(target, "call", target.Call);
            Refuse(target, "cache-to", string.Join(' ', target.CacheTo));
            Refuse(target, "attest", string.Join(' ', target.Attestations.Where(IsEnabled)));
            Refuse(target, "platforms", target.Platforms.Count > 1 ? string.Join(' ', target.Platforms) : "");
            Refuse(target, "provenance", IsAsked(arguments.Provenance));
            Refuse(target, "sbom", IsAsked(arguments.Sbom));
            RefuseArgument(target, "BUILDKIT_INLINE_CACHE");
            RefuseArgument(target, "BUILDKIT_MULTI_PLATFORM");
            CheckEntitlements(target, arguments);
            _ = FrontendOptions.CacheImports(target);
            _ = ExporterChoice.For(target);
        }
    }

    private static void CheckEntitlements(BakeTarget target, BakeArguments arguments)
    {
        var refused = target.Entitlements.FirstOrDefault(name => !arguments.Allowed.Contains(name));
        if (refused is not null)
        {
            throw BakeErrors.Invalid(
                target.Name, "entitlements", refused, $"--allow {refused} on the builder's command line");
        }
    }

    private static bool IsEnabled(string attestation) => new CsvOptions(attestation)["disabled"] is not "true";

    private static string IsAsked(string? value) => value is null or "" or "false" ? "" : value;

    private static void RefuseArgument(BakeTarget target, string name) =>
        Refuse(target, $"args.{name}", target.Args.GetValueOrDefault(name, ""));

    private static void Refuse(BakeTarget target, string field, string value)
    {
        if (value.Length > 0)
        {
            throw BakeErrors.Unsupported(target.Name, field, value);
        }
    }
}
