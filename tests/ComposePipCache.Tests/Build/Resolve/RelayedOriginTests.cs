using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using ComposePipCache.Build.Resolve.Origins;
using ComposePipCache.TestIndex.Catalog;
using ComposePipCache.Wheelhouse.Downloads;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Resolve;

public class RelayedOriginTests
{
    private static readonly TinyWheel Wheel = new("one", "1.0") { PayloadSize = 700_000 };

    [Theory]
    [MemberData(nameof(PipVersions.All), MemberType = typeof(PipVersions))]
    public async Task An_index_over_https_is_read_by_us_and_pip_trusts_us(string? version)
    {
        await using var home = NewHome();
        home.Origins = Trusting(home);

        var run = await home.PipOfAsync(
            version, "download", "one", "-d", home.At("out"), "-i", home.Index.TlsUrl + "/simple/");

        run.ShouldSucceed();
        home.FilesIn("out").ShouldBe([Wheel.FileName]);
        home.Index.Log().ShouldAllBe(entry => entry.UserAgent == "docker-pipcache");
    }

    [Fact]
    public async Task An_authority_of_the_environment_does_not_get_between()
    {
        await using var home = NewHome();
        home.Origins = Trusting(home);
        home.Environment["REQUESTS_CA_BUNDLE"] = home.Home.Write("other.pem", home.Index.CertificatesPem);
        home.Environment["SSL_CERT_FILE"] = home.Environment["REQUESTS_CA_BUNDLE"];

        var run = await home.PipAsync("download", "one", "-d", home.At("out"), "-i", home.Index.TlsUrl + "/simple/");

        run.ShouldSucceed();
    }

    [Fact]
    public async Task An_index_that_we_do_not_trust_is_told_of()
    {
        await using var home = NewHome();

        var run = await home.PipAsync("download", "one", "-d", home.At("out"), "-i", home.Index.TlsUrl + "/simple/");

        run.Exit.ShouldNotBe(0);
        run.Failures.ShouldNotBeEmpty();
        run.Failures[0].Cause.ShouldBe(DownloadFailureKind.Untrusted);
    }

    [Fact]
    public async Task A_host_that_the_user_trusts_is_not_looked_at()
    {
        await using var home = NewHome();
        home.Origins = home.Origins with { TrustedHosts = ["localhost"] };

        var run = await home.PipAsync("download", "one", "-d", home.At("out"), "-i", home.Index.TlsUrl + "/simple/");

        run.ShouldSucceed();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_index_that_only_the_container_can_name_is_reached_through_it(bool isTls)
    {
        await using var home = NewHome();
        home.Origins = Trusting(home) with
        {
            Connect = (_, _) => Task.FromException<Stream>(new SocketException((int)SocketError.HostNotFound)),
        };
        var index = isTls ? home.Index.TlsUrl! : home.Index.Url;

        var run = await home.PipAsync("download", "one", "-d", home.At("out"), "-i", index + "/simple/");

        run.ShouldSucceed();
        run.Served.ShouldHaveSingleItem().Size.ShouldBe(Wheel.Build().Length);
    }

    [Fact]
    public async Task An_index_that_does_not_answer_us_is_asked_through_the_container_as_well()
    {
        await using var home = NewHome();
        home.Origins = home.Origins with
        {
            Patience = TimeSpan.Zero,
            Connect = async (_, token) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                throw new InvalidOperationException();
            },
        };

        (await home.PipAsync("download", "one", "-d", home.At("out"), "-i", home.Index.SimpleUrl)).ShouldSucceed();
    }

    [Fact]
    public async Task A_host_that_means_something_in_the_container_alone_is_not_looked_for_elsewhere()
    {
        await using var home = NewHome();
        home.Origins = home.Origins with
        {
            ContainerHosts = ["127.0.0.1"],
            Connect = (server, _) => throw new InvalidOperationException($"{server} was asked"),
        };

        (await home.PipAsync("download", "one", "-d", home.At("out"), "-i", home.Index.SimpleUrl)).ShouldSucceed();
    }

    [Fact]
    public async Task Where_neither_way_leads_to_the_index_both_are_told()
    {
        await using var home = NewHome();

        var run = await home.PipAsync(
            "download", "one", "-d", home.At("out"),
            "-i", "http://index.invalid/simple/", "--trusted-host", "index.invalid");

        run.Exit.ShouldNotBe(0);
        run.Failures.ShouldNotBeEmpty();
        run.Failures[0].Cause.ShouldBe(DownloadFailureKind.Unreachable);
    }

    private static OriginOptions Trusting(PipHome home)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(home.Index.CertificatesPem);
        return new OriginOptions { IsProxied = false, ExtraAuthorities = authorities };
    }

    private static PipHome NewHome()
    {
        var home = new PipHome { Downloads = new DownloadOptions { Retries = 0 } };
        Wheel.WriteTo(home.Wheels);
        home.Index.Rescan();
        return home;
    }
}
