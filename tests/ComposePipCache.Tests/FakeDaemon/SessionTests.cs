using ComposePipCache.BuildKit.Session;
using ComposePipCache.Protocol.Healthchecks;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.FakeDaemon;

public class SessionTests
{
    [Theory(Timeout = EngineHarness.SafetyNet)]
    [InlineData("moby.sshforward.v1.SSH", "CheckAgent")]
    [InlineData("moby.upload.v1.Upload", "Pull")]
    [InlineData("moby.filesync.v1.FileSync", "TarStream")]
    [InlineData("moby.exporter.v1.Exporter", "FindExporters")]
    public async Task A_service_we_do_not_have_is_unimplemented_and_the_session_goes_on(string service, string method)
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        await using var lease = await harness.Host.AttachAsync(new BuildSession(), harness.Connection, harness.Token);
        var session = harness.Engine.Sessions.ShouldHaveSingleItem();

        var refusal = await Should.ThrowAsync<RpcException>(() => session.CallAsync(service, method, harness.Token));

        refusal.StatusCode.ShouldBe(StatusCode.Unimplemented);
        (await session.CheckHealthAsync(harness.Token)).ShouldBe(HealthCheckResponse.Types.ServingStatus.Serving);
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_secret_is_served_or_not_found()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        var session = new BuildSession { Secrets = new Secrets(id => id == "token" ? "s3cr3t"u8.ToArray() : null) };
        await using var lease = await harness.Host.AttachAsync(session, harness.Connection, harness.Token);
        var caller = harness.Engine.Sessions[0];

        (await caller.GetSecretAsync("token", harness.Token)).ShouldBe("s3cr3t"u8.ToArray());
        (await Should.ThrowAsync<RpcException>(() => caller.GetSecretAsync("other", harness.Token)))
            .Status.ShouldBe(new Status(StatusCode.NotFound, "secret other not found"));
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_secret_that_cannot_be_read_says_why()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        var session = new BuildSession { Secrets = new Secrets(_ => throw new UnauthorizedAccessException("access to token.txt is denied")) };
        await using var lease = await harness.Host.AttachAsync(session, harness.Connection, harness.Token);

        (await Should.ThrowAsync<RpcException>(() => harness.Engine.Sessions[0].GetSecretAsync("token", harness.Token)))
            .Status.Detail.ShouldBe("secret token: access to token.txt is denied");
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task Credentials_that_cannot_be_had_say_why()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        var session = new BuildSession { Credentials = new NoCredentials() };
        await using var lease = await harness.Host.AttachAsync(session, harness.Connection, harness.Token);

        (await Should.ThrowAsync<RpcException>(() => harness.Engine.Sessions[0].GetCredentialsAsync("ghcr.io", harness.Token)))
            .Status.Detail.ShouldBe("credentials for ghcr.io: the helper is not installed");
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task Tokens_are_left_to_the_engine()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        await using var lease = await harness.Host.AttachAsync(new BuildSession(), harness.Connection, harness.Token);
        var caller = harness.Engine.Sessions[0];

        (await Should.ThrowAsync<RpcException>(() => caller.GetTokenAuthorityAsync("ghcr.io", harness.Token)))
            .StatusCode.ShouldBe(StatusCode.Unavailable);
        (await caller.GetCredentialsAsync("ghcr.io", harness.Token)).Username.ShouldBeEmpty();
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_session_the_engine_closes_can_be_disposed()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        await using var lease = await harness.Host.AttachAsync(new BuildSession(), harness.Connection, harness.Token);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lease.Closed.Register(closed.SetResult);

        harness.Engine.Sessions[0].Break();

        await closed.Task.WaitAsync(harness.Token);
    }

    [Fact(Timeout = EngineHarness.SafetyNet)]
    public async Task A_secret_that_is_still_being_looked_up_does_not_hold_the_end_up()
    {
        await using var harness = await EngineHarness.StartAsync(TestContext.Current.CancellationToken);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var session = new BuildSession { Secrets = new EndlessSecrets(asked) };
        var lease = await harness.Host.AttachAsync(session, harness.Connection, harness.Token);
        var asking = harness.Engine.Sessions[0].GetSecretAsync("token", harness.Token);
        await asked.Task.WaitAsync(harness.Token);

        await lease.DisposeAsync();

        await Should.ThrowAsync<RpcException>(() => asking);
    }

    private sealed class Secrets(Func<string, byte[]?> find) : ISecretStore
    {
        public ValueTask<ReadOnlyMemory<byte>?> FindAsync(string id, CancellationToken cancellationToken) =>
            new(find(id) is { } value ? value : default(ReadOnlyMemory<byte>?));
    }

    private sealed class EndlessSecrets(TaskCompletionSource asked) : ISecretStore
    {
        public async ValueTask<ReadOnlyMemory<byte>?> FindAsync(string id, CancellationToken cancellationToken)
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return null;
        }
    }

    private sealed class NoCredentials : ICredentialStore
    {
        public ValueTask<RegistryCredential?> FindAsync(string host, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("the helper is not installed");
    }
}
