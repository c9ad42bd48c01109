using ComposePipCache.Build;
using ComposePipCache.Build.Bake;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Bake;

public class SupportTests
{
    private static readonly BakeTarget Plain = new() { Name = "web" };

    public static TheoryData<string> Refused => ["cache-to", "attest", "platforms", "call", "output", "push", "cache-from", "entitlements"];

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_field_that_is_not_supported_is_an_error_that_names_it(string field)
    {
        var target = field switch
        {
            "cache-to" => Plain with { CacheTo = ["type=inline"] },
            "attest" => Plain with { Attestations = ["type=sbom"] },
            "platforms" => Plain with { Platforms = ["linux/amd64", "linux/arm64"] },
            "call" => Plain with { Call = "lint" },
            "output" => Plain with { Outputs = ["type=local,dest=out"] },
            "push" => Plain with { Outputs = ["type=registry"] },
            "cache-from" => Plain with { CacheFrom = ["type=gha"] },
            _ => Plain with { Entitlements = ["security.insecure"] },
        };

        Should.Throw<PipCacheException>(() => Check(target)).Message.ShouldContain($"`{field}`");
    }

    [Fact]
    public void A_disabled_attestation_is_no_attestation()
    {
        Should.NotThrow(() => Check(Plain with { Attestations = ["type=provenance,disabled=true"] }));
    }

    [Fact]
    public void A_granted_privilege_passes()
    {
        var arguments = new BakeArguments { Allowed = ["security.insecure"] };

        Should.NotThrow(() => Support.Check([Plain with { Entitlements = ["security.insecure"] }], arguments));
    }

    private static void Check(BakeTarget target) => Support.Check([target], new BakeArguments());
}
