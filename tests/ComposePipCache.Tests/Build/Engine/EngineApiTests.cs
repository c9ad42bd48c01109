using System.Globalization;
using System.Text;
using ComposePipCache.Build;
using ComposePipCache.Build.Engine;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Engine;

public sealed class EngineApiTests : IDisposable
{
    private readonly DockerHome _home = new();
    private readonly List<string> _requests = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Dispose();

    private async Task<T> AskAsync<T>(string answer, Func<EngineApi, Task<T>> ask)
    {
        var path = _home.At("d.sock");
        await using var engine = TestEngine.OnUnixSocket(path, (stream, token) => AnswerAsync(stream, answer, token));
        using var dialer = EngineDialer.Create(
            EngineEndpoint.At($"unix://{path}"), _home.Environment, TimeProvider.System);
        using var api = new EngineApi(dialer, new Dictionary<string, string> { ["X-Meta"] = "ours" });
        return await ask(api);
    }

    private async Task AnswerAsync(Stream stream, string answer, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var head = new StringBuilder();
        while (await reader.ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            head.Append(line).Append('\n');
        }

        _requests.Add(head.ToString());
        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), cancellationToken);
    }

    private static string Http(string status, string body) => string.Create(
        CultureInfo.InvariantCulture,
        $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close\r\n" +
        $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    [Fact]
    public async Task The_version_is_asked_with_the_headers_of_the_configuration()
    {
        var answer = Http("200 OK", """{"Version":"28.5.2","ApiVersion":"1.51","Os":"linux","Arch":"amd64"}""");

        var version = await AskAsync(answer, api => api.GetVersionAsync(Cancelled));

        version.ShouldBe(new EngineVersion("28.5.2", "1.51", "linux", "amd64"));
        _requests.ShouldHaveSingleItem().ShouldStartWith("GET /version HTTP/1.1\n");
        _requests[0].ShouldContain("X-Meta: ours\n");
    }

    [Theory]
    [InlineData("""{"ID":"i","Driver":"overlay2","DriverStatus":[["Backing Filesystem","extfs"]]}""", false)]
    [InlineData("""{"ID":"i","Driver":"overlayfs","DriverStatus":[["driver-type","io.containerd.snapshotter.v1"]]}""", true)]
    [InlineData("""{"ID":"i","Driver":"vfs","DriverStatus":null}""", false)]
    public async Task The_kind_of_image_store_is_told(string body, bool isContainerdStore)
    {
        var info = await AskAsync(Http("200 OK", body), api => api.GetInfoAsync(Cancelled));

        info.Id.ShouldBe("i");
        info.IsContainerdStore.ShouldBe(isContainerdStore);
    }

    [Fact]
    public async Task An_image_is_found_by_a_reference_with_slashes()
    {
        var answer = Http("200 OK", """{"Id":"sha256:1","RepoTags":["a/b:1"],"RepoDigests":null}""");

        var image = await AskAsync(answer, api => api.FindImageAsync("reg.example:5000/a/b:1", Cancelled));

        image.ShouldNotBeNull().Id.ShouldBe("sha256:1");
        image.Tags.ShouldBe(["a/b:1"]);
        image.Digests.ShouldBeEmpty();
        _requests.ShouldHaveSingleItem().ShouldStartWith("GET /images/reg.example:5000/a/b:1/json HTTP/1.1\n");
    }

    [Fact]
    public async Task An_image_that_is_not_there_is_null() =>
        (await AskAsync(
            Http("404 Not Found", """{"message":"No such image: x"}"""),
            api => api.FindImageAsync("x", Cancelled))).ShouldBeNull();

    [Theory]
    [InlineData("""{"message":"disk full"}""", "the Docker daemon refused: disk full")]
    [InlineData("plain text", "the Docker daemon refused: plain text")]
    [InlineData("", "the Docker daemon refused: no reason given")]
    public async Task A_refusal_is_told_in_the_engines_words(string body, string what)
    {
        var error = await Should.ThrowAsync<PipCacheException>(() => AskAsync(
            Http("500 Internal Server Error", body),
            async api =>
            {
                await api.TagImageAsync("a", "b", "c", Cancelled);
                return true;
            }));

        error.Text.What.ShouldBe(what);
        error.Text.Why.ShouldBe("HTTP status 500");
    }

    [Fact]
    public async Task An_error_inside_a_successful_load_is_an_error()
    {
        const string Body =
            """
            {"stream":"x"}
            {"errorDetail":{"message":"bad tar"},"error":"bad tar"}

            """;

        var error = await Should.ThrowAsync<PipCacheException>(() => AskAsync(
            Http("200 OK", Body),
            async api =>
            {
                await api.LoadImageAsync(new MemoryStream([1, 2, 3]), Cancelled);
                return true;
            }));

        error.Text.What.ShouldBe("the Docker daemon could not load the image: bad tar");
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{")]
    [InlineData("SSH-2.0-OpenSSH\r\n")]
    public async Task Somebody_who_is_no_engine_is_unreachable(string answer) =>
        (await Should.ThrowAsync<EngineUnreachableException>(
            () => AskAsync(answer, api => api.GetVersionAsync(Cancelled)))).Text.Why
            .ShouldNotBeNull().ShouldStartWith("the conversation broke off");

    [Fact]
    public async Task An_engine_that_is_not_there_is_the_dialers_failure()
    {
        using var dialer = EngineDialer.Create(
            EngineEndpoint.At($"unix://{_home.At("none")}"), _home.Environment, TimeProvider.System);
        using var api = new EngineApi(dialer);

        (await Should.ThrowAsync<EngineUnreachableException>(() => api.GetVersionAsync(Cancelled))).Text.Why
            .ShouldBe("there is no such socket");
    }
}
