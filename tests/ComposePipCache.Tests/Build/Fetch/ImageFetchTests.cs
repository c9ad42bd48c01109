using System.Text;
using ComposePipCache.Build;
using ComposePipCache.Build.Engine;
using ComposePipCache.Build.Fallback;
using ComposePipCache.Build.Fetch;
using ComposePipCache.BuildKit.Progress;
using ComposePipCache.Tests.Build.Engine;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Fetch;

public sealed class ImageFetchTests : IAsyncDisposable
{
    private const string Base = "docker.io/library/python:3.13";

    private readonly DockerHome _home = new();
    private readonly FakeTimeProvider _time = new();
    private readonly MemoryStream _progress = new();
    private readonly PullServer _server;
    private readonly EngineDialer _dialer;
    private readonly EngineApi _engine;
    private readonly RegistryCredentials _credentials;
    private readonly FetchReport _report;
    private readonly SolveStatusWriter _writer;

    public ImageFetchTests()
    {
        _server = new PullServer(_home.At("d.sock"));
        _dialer = EngineDialer.Create(EngineEndpoint.At($"unix://{_home.At("d.sock")}"), _home.Environment, TimeProvider.System);
        _engine = new EngineApi(_dialer);
        _credentials = new RegistryCredentials(_home.Config.ReadConfigFile(), _home.Environment);
        _report = new FetchReport(_home.At("report"));
        _writer = new SolveStatusWriter(_progress);
    }

    public async ValueTask DisposeAsync()
    {
        _engine.Dispose();
        _dialer.Dispose();
        await _server.DisposeAsync();
        _credentials.Dispose();
        _report.Dispose();
        _writer.Dispose();
        _home.Dispose();
    }

    [Fact]
    public async Task An_image_that_is_there_is_not_pulled()
    {
        _server.Store(Base, "sha256:1");

        (await EnsureAsync(Fetch())).ShouldBeFalse();

        _server.Pulls.ShouldBeEmpty();
        Told().ShouldBe(new ImageReport("python:3.13", ImageState.Present));
    }

    [Fact]
    public async Task One_that_is_not_there_is_pulled_and_shown()
    {
        _server.Registry[Base] = "sha256:1";

        (await EnsureAsync(Fetch())).ShouldBeTrue();

        _server.Pulls.ShouldHaveSingleItem().ShouldNotContain("platform");
        Told().ShouldBe(new ImageReport("python:3.13", ImageState.Pulled) { Bytes = 1000 });
        Shown().ShouldContain("[internal] pull python:3.13 into the engine");
        Shown().ShouldContain("\"total\":1000,\"current\":600");
    }

    [Fact]
    public async Task All_targets_of_a_command_share_one_pull()
    {
        _server.Registry[Base] = "sha256:1";
        var fetch = Fetch();

        var changes = await Task.WhenAll(EnsureAsync(fetch), EnsureAsync(fetch), EnsureAsync(fetch));

        changes.ShouldAllBe(change => change);
        _server.Pulls.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Another_platform_than_the_engines_is_asked_for()
    {
        _server.Registry[Base] = "sha256:1";

        var error = await Should.ThrowAsync<PipCacheException>(() => EnsureAsync(Fetch(), "linux/arm64"));

        _server.Pulls.ShouldHaveSingleItem().ShouldContain("platform=linux%2Farm64");
        // This one has an image of the other platform to give, and the store is asked what it got.
        error.Text.Why.ShouldNotBeNull().ShouldContain("its store keeps one platform of an image");
    }

    [Fact]
    public async Task What_no_registry_has_is_named_at_once()
    {
        var error = await Should.ThrowAsync<PipCacheException>(() => EnsureAsync(Fetch()));

        error.Text.What.ShouldBe("cannot pull the image python:3.13 for web");
        error.Text.Why.ShouldBe("manifest for docker.io/library/python:3.13 not found: manifest unknown");
        error.Text.Hint.ShouldBe("check its name, tag and platform");
        _server.Pulls.ShouldHaveSingleItem();
        Told().State.ShouldBe(ImageState.Failed);
    }

    [Fact]
    public async Task What_the_network_failed_is_pulled_again()
    {
        _server.Registry[Base] = "sha256:1";
        _server.FailNext("net/http: TLS handshake timeout");
        _server.FailNext("unexpected EOF");

        var pull = EnsureAsync(Fetch());
        await LetTimePassAsync(pull);

        (await pull).ShouldBeTrue();
        _server.Pulls.Count.ShouldBe(3);
        Told().State.ShouldBe(ImageState.Pulled);
    }

    [Fact]
    public async Task But_not_for_ever()
    {
        for (var i = 0; i < 9; i++)
        {
            _server.FailNext("connection refused");
        }

        var pull = EnsureAsync(Fetch(new PipSettings { Retries = 2, Fetch = FetchMode.Everything }));
        await LetTimePassAsync(pull);

        (await Should.ThrowAsync<PipCacheException>(() => pull)).Text.Hint
            .ShouldBe("run it again when there is a network; what was got is kept");
        _server.Pulls.Count.ShouldBe(3);
    }

    [Fact]
    public async Task To_refresh_is_to_ask_the_registry_for_what_is_there()
    {
        _server.Store(Base, "sha256:1");
        _server.Registry[Base] = "sha256:2";

        (await EnsureAsync(Fetch(new PipSettings { IsRefresh = true, Fetch = FetchMode.Everything }))).ShouldBeTrue();

        Told().State.ShouldBe(ImageState.Pulled);
    }

    [Fact]
    public async Task An_image_made_here_stays_when_no_registry_knows_it()
    {
        _server.Store(Base, "sha256:1");

        (await EnsureAsync(Fetch(new PipSettings { IsRefresh = true, Fetch = FetchMode.Everything }))).ShouldBeFalse();

        Told().State.ShouldBe(ImageState.Present);
        Told().Problem.ShouldNotBeNull().ShouldContain("manifest unknown");
    }

    [Fact]
    public async Task A_look_pulls_nothing()
    {
        _server.Registry[Base] = "sha256:1";

        (await EnsureAsync(Fetch(new PipSettings { IsRefresh = true, Fetch = FetchMode.Look }))).ShouldBeFalse();

        _server.Pulls.ShouldBeEmpty();
        Told().State.ShouldBe(ImageState.Absent);
    }

    private ImageFetch Fetch(PipSettings? settings = null)
    {
        settings ??= new PipSettings { Fetch = FetchMode.Everything };
        return new ImageFetch(_engine, new ImagePuller(_engine, _credentials, settings.Retries, _time), _report, settings, _time);
    }

    private Task<bool> EnsureAsync(ImageFetch fetch, string platform = "linux/amd64") => fetch.EnsureAsync(
        "web",
        new WantedImage(ImageName.Parse(Base), ImagePlatform.Parse(platform)),
        isForced: false,
        new TargetProgress(_writer, prefix: null, _time),
        TestContext.Current.CancellationToken);

    private async Task LetTimePassAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private ImageReport Told() => FetchReport.Read(_home.At("report")).ShouldHaveSingleItem().Image.ShouldNotBeNull();

    private string Shown() => Encoding.UTF8.GetString(_progress.ToArray());
}
