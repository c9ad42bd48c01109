using ComposePipCache.Build;
using ComposePipCache.Build.Bake;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Bake;

public class FrontendOptionsTests
{
    private static readonly BakeTarget Plain = new() { Name = "web" };

    [Fact]
    public void A_plain_target_prefers_local_images_and_sets_nothing_else()
    {
        Options(Plain).ShouldBe(new Dictionary<string, string> { ["image-resolve-mode"] = "local" });
    }

    [Fact]
    public void Each_field_has_its_option()
    {
        var target = Plain with
        {
            Args = Map("A", "1"),
            Labels = Map("l", "v"),
            Target = "final",
            Platforms = ["linux/amd64"],
            IsPullForced = true,
            IsCacheIgnored = true,
            Network = "host",
            ShmSize = 64,
            Ulimits = ["nofile=1:2", "nproc=5"],
            ExtraHosts = Map("a", "1.2.3.4"),
        };

        Options(target).OrderBy(option => option.Key, StringComparer.Ordinal).Select(option => $"{option.Key}={option.Value}").ShouldBe([
            "add-hosts=a=1.2.3.4", "build-arg:A=1", "force-network-mode=host", "image-resolve-mode=pull", "label:l=v",
            "no-cache=", "platform=linux/amd64", "shm-size=64", "target=final", "ulimit=nofile=1:2,nproc=5:5"]);
    }

    [Fact]
    public void Host_gateway_becomes_the_address_the_engine_tells()
    {
        var target = Plain with { ExtraHosts = Map("h", "host-gateway") };

        FrontendOptions.NeedsHostGateway(target).ShouldBeTrue();
        FrontendOptions.For(target, "172.17.0.1")["add-hosts"].ShouldBe("h=172.17.0.1");
    }

    [Fact]
    public void Several_and_bracketed_addresses_become_one_entry_each()
    {
        Options(Plain with { ExtraHosts = Map("h", "1.2.3.4,[::1]") })["add-hosts"].ShouldBe("h=1.2.3.4,h=::1");
    }

    [Fact]
    public void The_host_network_is_a_privilege()
    {
        FrontendOptions.Entitlements(Plain with { Network = "host", Entitlements = ["security.insecure"] })
            .ShouldBe(["security.insecure", "network.host"]);
    }

    [Fact]
    public void A_bare_cache_reference_is_a_registry()
    {
        var imports = FrontendOptions.CacheImports(Plain with { CacheFrom = ["a/b:c", "type=registry,ref=d"] });

        FrontendOptions.CacheImportsOption(imports).ShouldBe(
            """[{"Type":"registry","Attrs":{"ref":"a/b:c"}},{"Type":"registry","Attrs":{"ref":"d"}}]""");
    }

    [Fact]
    public void What_would_be_dropped_is_refused_by_name()
    {
        Refused(Plain with { Network = "mynet" }).ShouldContain("`network`");
        Refused(Plain with { ExtraHosts = Map("h", "nowhere") }).ShouldContain("h=nowhere");
        Refused(Plain with { Ulimits = ["nofile"] }).ShouldContain("`ulimits`");
        Should.Throw<PipCacheException>(() => FrontendOptions.CacheImports(Plain with { CacheFrom = ["type=gha"] }))
            .Message.ShouldContain("`cache-from`");
    }

    private static string Refused(BakeTarget target) => Should.Throw<PipCacheException>(() => Options(target)).Message;

    private static Dictionary<string, string> Options(BakeTarget target) => FrontendOptions.For(target, hostGateway: null);

    private static Dictionary<string, string> Map(string key, string value) => new() { [key] = value };
}
