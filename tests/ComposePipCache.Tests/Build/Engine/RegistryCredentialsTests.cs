using System.Diagnostics;
using System.Globalization;
using System.Text;
using ComposePipCache.Build;
using ComposePipCache.Build.Engine;
using ComposePipCache.BuildKit.Session;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Engine;

public sealed class RegistryCredentialsTests : IDisposable
{
    private const string Hub = "https://index.docker.io/v1/";

    private readonly DockerHome _home = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Dispose();

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Auths(params (string Key, string Login)[] entries)
    {
        var members = entries.Select(entry => $$"""
            "{{entry.Key}}":{"auth":"{{Encode(entry.Login)}}"}
            """);
        return $$"""
            "auths":{ {{string.Join(',', members)}} }
            """;
    }

    private async Task<RegistryCredential?> FindAsync(string host)
    {
        using var credentials = new RegistryCredentials(_home.Config.ReadConfigFile(), _home.Environment);
        return await credentials.FindAsync(host, Cancelled);
    }

    private Task<PipCacheException> FailureAsync(string host) =>
        Should.ThrowAsync<PipCacheException>(() => FindAsync(host));

    [Fact]
    public async Task Nothing_configured_is_anonymous() => (await FindAsync("reg.example")).ShouldBeNull();

    [Theory]
    [InlineData("reg.example", "reg.example")]
    [InlineData("https://reg.example", "reg.example")]
    [InlineData("https://reg.example/v1/", "reg.example")]
    [InlineData("http://reg.example:5000/v2/", "reg.example:5000")]
    [InlineData("reg.example/v1/", "reg.example")]
    [InlineData(Hub, "docker.io")]
    [InlineData(Hub, "index.docker.io")]
    [InlineData(Hub, "registry-1.docker.io")]
    public async Task A_login_in_the_file_is_found_under_every_form_of_its_key(string key, string host)
    {
        _home.WithConfig($"{{{Auths(("other.example", "o:o"), (key, "me:se:cret"))}}}");

        (await FindAsync(host)).ShouldBe(new RegistryCredential("me", "se:cret"));
    }

    [Fact]
    public async Task The_exact_key_wins_over_a_url_of_the_same_host()
    {
        _home.WithConfig($"{{{Auths(("https://r.example/v1/", "old:o"), ("r.example", "new:n"))}}}");

        (await FindAsync("r.example"))!.UserName.ShouldBe("new");
    }

    [Fact]
    public async Task A_login_of_another_host_is_not_given_away()
    {
        _home.WithConfig($"{{{Auths(("r.example", "me:secret"))}}}");

        (await FindAsync("r.example.evil")).ShouldBeNull();
        (await FindAsync("example")).ShouldBeNull();
        (await FindAsync("r.example:443")).ShouldBeNull();
    }

    [Fact]
    public async Task Plain_fields_identity_tokens_and_entries_without_a_secret_are_understood()
    {
        _home.WithConfig(
            """
            {"auths":{
              "plain":{"username":"u","password":"p"},
              "token":{"auth":"dTpw","identitytoken":"the-token"},
              "empty":{}}}
            """);

        (await FindAsync("plain")).ShouldBe(new RegistryCredential("u", "p"));
        (await FindAsync("token")).ShouldBe(new RegistryCredential("", "the-token"));
        (await FindAsync("empty")).ShouldBeNull();
    }

    [Theory]
    [InlineData("hush!")]
    [InlineData("aHVzaA==")]
    [InlineData("Omh1c2g=")]
    public async Task A_broken_login_names_the_host_and_hides_what_it_holds(string encoded)
    {
        _home.WithConfig($$"""{"auths":{"r.example":{"auth":"{{encoded}}"} } }""");

        var error = await FailureAsync("r.example");

        error.Text.Code.ShouldBe("registry-auth-invalid");
        error.Text.What.ShouldContain("r.example");
        $"{error} {error.Text}".ShouldNotContain("hush");
        $"{error} {error.Text}".ShouldNotContain(encoded);
    }

    [Fact]
    public async Task A_broken_login_does_not_spoil_the_others()
    {
        _home.WithConfig($$"""{"auths":{"bad":{"auth":"!"},"good":{"auth":"{{Encode("u:p")}}"} } }""");

        (await FindAsync("good")).ShouldNotBeNull();
    }

    [Fact]
    public void Whatever_user_and_password_are_they_come_back() =>
        Gen.Select(Gen.String[1, 20], Gen.String[0, 20])
            .Where((user, password) => !user.Contains(':') && !password.Contains('\0') && IsText(user + password))
            .Sample((user, password) =>
                AuthEntry.Decode("h", new RegistryAuth { Encoded = Encode($"{user}:{password}") })
                    == new RegistryCredential(user, password));

    private static bool IsText(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    [Fact]
    public async Task The_store_is_asked_with_the_key_on_standard_input_and_its_environment()
    {
        _home.WithConfig("""{"credsStore":"fake"}""").Set("WHO", "me");
        _home.Program(
            "docker-credential-fake",
            """[ "$1" = get ] && read -r key; echo "{\"ServerURL\":\"x\",\"Username\":\"$WHO\",\"Secret\":\"for $key\"}" """);

        (await FindAsync("docker.io")).ShouldBe(new RegistryCredential("me", $"for {Hub}"));
        (await FindAsync("r.example:5000")).ShouldBe(new RegistryCredential("me", "for r.example:5000"));
    }

    [Fact]
    public async Task A_helper_of_one_host_wins_over_the_store_and_the_file()
    {
        var auths = Auths(("gcr.io", "f:f"), ("off.example", "f:f"));
        _home.WithConfig($$"""{"credsStore":"no","credHelpers":{"gcr.io":"own","off.example":""},{{auths}} }""");
        _home.Program("docker-credential-own", """echo '{"Username":"own","Secret":"s"}' """);

        (await FindAsync("gcr.io"))!.UserName.ShouldBe("own");
        (await FindAsync("off.example"))!.UserName.ShouldBe("f");
    }

    [Fact]
    public async Task A_token_of_a_helper_is_an_identity_token()
    {
        _home.WithConfig("""{"credsStore":"fake"}""");
        _home.Program("docker-credential-fake", """echo '{"Username":"<token>","Secret":"abc"}' """);

        (await FindAsync("r.example")).ShouldBe(new RegistryCredential("", "abc"));
    }

    [Fact]
    public async Task A_helper_that_knows_nothing_means_anonymous()
    {
        _home.WithConfig("""{"credsStore":"fake"}""");
        _home.Program("docker-credential-fake", "echo credentials not found in native keychain; exit 1");

        (await FindAsync("r.example")).ShouldBeNull();
    }

    [Fact]
    public async Task Each_host_is_asked_for_once()
    {
        _home.WithConfig("""{"credsStore":"fake"}""");
        _home.Program(
            "docker-credential-fake", $"echo call >> {_home.At("calls")}; echo '{{\"Username\":\"u\",\"Secret\":\"s\"}}'");
        using var credentials = new RegistryCredentials(_home.Config.ReadConfigFile(), _home.Environment);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => credentials.FindAsync("docker.io", Cancelled).AsTask()));
        await credentials.FindAsync("registry-1.docker.io", Cancelled);

        (await File.ReadAllLinesAsync(_home.At("calls"), Cancelled)).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("echo the keychain is locked; exit 2", "`docker-credential-fake get` ended with exit code 2: the keychain is locked")]
    [InlineData("echo no bus >&2; exit 1", "`docker-credential-fake get` ended with exit code 1: no bus")]
    [InlineData("exit 3", "`docker-credential-fake get` ended with exit code 3")]
    [InlineData("""echo '{"Username":"u","Secret":"hush"}'; exit 1""", "`docker-credential-fake get` ended with exit code 1")]
    [InlineData("""echo '{"Username":"u","Secret":"hush" hush' """, "`docker-credential-fake get` gave an answer that is not the JSON it should be")]
    [InlineData("echo '[]'", "`docker-credential-fake get` gave an answer that is not the JSON it should be")]
    [InlineData("exit 0", "`docker-credential-fake get` gave an answer that is not the JSON it should be")]
    public async Task A_failing_helper_is_told_without_its_secrets(string script, string why)
    {
        _home.WithConfig("""{"credsStore":"fake"}""");
        _home.Program("docker-credential-fake", script);

        var error = await FailureAsync("r.example");

        error.Text.Code.ShouldBe("credential-helper-failed");
        error.Text.What.ShouldBe("cannot get credentials for r.example");
        error.Text.Why.ShouldBe(why);
        $"{error} {error.Text}".ShouldNotContain("hush");
    }

    [Fact]
    public async Task An_agent_that_a_helper_leaves_behind_does_not_hold_up_the_answer()
    {
        _home.Set("PATH", $"{_home.Programs}:/usr/bin:/bin").WithConfig("""{"credsStore":"fake"}""");
        _home.Program(
            "docker-credential-fake",
            $$"""sleep 1000 >/dev/null & echo $! > {{_home.At("pid")}}; echo '{"Username":"u","Secret":"s"}' """);

        (await FindAsync("r.example")).ShouldNotBeNull();

        using var agent = Process.GetProcessById(
            int.Parse(await File.ReadAllTextAsync(_home.At("pid"), Cancelled), CultureInfo.InvariantCulture));
        agent.HasExited.ShouldBeFalse();
        agent.Kill();
        await agent.WaitForExitAsync(Cancelled);
    }

    [Fact]
    public async Task A_missing_helper_is_named()
    {
        _home.WithConfig("""{"credsStore":"desktop"}""");

        var error = await FailureAsync("r.example");

        error.Text.Code.ShouldBe("credential-helper-missing");
        error.Text.Why.ShouldBe("`docker-credential-desktop` is not on the PATH");
    }

    [Fact]
    public async Task A_failure_is_not_remembered()
    {
        _home.WithConfig("""{"credsStore":"late"}""");
        using var credentials = new RegistryCredentials(_home.Config.ReadConfigFile(), _home.Environment);
        await Should.ThrowAsync<PipCacheException>(() => credentials.FindAsync("r", Cancelled).AsTask());

        _home.Program("docker-credential-late", """echo '{"Username":"u","Secret":"s"}' """);

        (await credentials.FindAsync("r", Cancelled)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_cancelled_lookup_ends_the_helper_and_does_not_block_the_next()
    {
        _home.Set("PATH", $"{_home.Programs}:/usr/bin:/bin").WithConfig("""{"credHelpers":{"slow":"slow"}}""");
        var pipe = _home.At("started");
        using (var mkfifo = Process.Start("mkfifo", pipe))
        {
            await mkfifo.WaitForExitAsync(Cancelled);
        }

        _home.Program("docker-credential-slow", $"echo $$ > {pipe}; exec sleep 1000");
        using var credentials = new RegistryCredentials(_home.Config.ReadConfigFile(), _home.Environment);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);

        var lookup = credentials.FindAsync("slow", source.Token).AsTask();
        var pid = await File.ReadAllTextAsync(pipe, Cancelled);
        using var helper = Process.GetProcessById(int.Parse(pid, CultureInfo.InvariantCulture));
        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => lookup);
        await helper.WaitForExitAsync(Cancelled);
        (await credentials.FindAsync("other", Cancelled)).ShouldBeNull();
    }

    [Fact]
    public async Task Without_any_configuration_the_platforms_own_helper_is_used_if_it_is_there()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the names are those of Linux");
        _home.Program("docker-credential-secretservice", """echo '{"Username":"secretservice","Secret":"s"}' """);

        (await FindAsync("r.example"))!.UserName.ShouldBe("secretservice");
        _home.Program("docker-credential-pass", """echo '{"Username":"pass","Secret":"s"}' """);
        _home.Program("pass", "exit 0");
        (await FindAsync("r.example"))!.UserName.ShouldBe("pass");
        _home.WithConfig("""{"auths":{"else.example":{}}}""");
        (await FindAsync("r.example")).ShouldBeNull();
    }

    [Fact]
    public async Task The_variable_wins_and_what_it_lacks_comes_from_elsewhere()
    {
        _home.WithConfig("""{"credsStore":"fake"}""")
            .Set("DOCKER_AUTH_CONFIG", $"{{{Auths(("r.example", "env:e"))}}}");
        _home.Program("docker-credential-fake", """echo '{"Username":"store","Secret":"s"}' """);

        (await FindAsync("r.example"))!.UserName.ShouldBe("env");
        (await FindAsync("other.example"))!.UserName.ShouldBe("store");
    }

    [Theory]
    [InlineData("hush")]
    [InlineData("""{"auths":{"h":{"auth":"dTpodXNo"}}} {}""")]
    [InlineData("""{"auths":{"h":{"auth":"dTpodXNo","password":"hush"}}}""")]
    [InlineData("""{"auths":{"h":{}}}""")]
    [InlineData("""{"auths":{"h":"hush"}}""")]
    [InlineData("""{"auths":[]}""")]
    [InlineData("""{"credsStore":"hush"}""")]
    [InlineData("[]")]
    public async Task A_variable_that_is_not_exactly_what_docker_takes_is_an_error(string value)
    {
        _home.Set("DOCKER_AUTH_CONFIG", value);

        var error = await FailureAsync("h");

        error.Text.Code.ShouldBe("registry-auth-invalid");
        error.Text.What.ShouldBe("the variable DOCKER_AUTH_CONFIG cannot be used");
        $"{error} {error.Text}".ShouldNotContain("hush");
    }
}
