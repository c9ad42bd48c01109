using ComposePipCache.Build;
using ComposePipCache.Build.Engine;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Engine;

public class DockerConfigFileTests
{
    private static readonly string[] Starts = ["", "{", "{\"auths\":", "{\"auths\":{\"a\":{\"auth\":\""];

    private static DockerConfigFile Parse(string json)
    {
        using var home = new DockerHome();
        return home.WithConfig(json).Config.ReadConfigFile();
    }

    [Fact]
    public void The_option_wins_over_the_variable_and_the_variable_over_the_home_directory()
    {
        using var home = new DockerHome();

        DockerConfigDirectory.Locate(null, home.Environment).Path.ShouldBe(home.At(".docker"));
        home.Set("DOCKER_CONFIG", "/from/variable");
        DockerConfigDirectory.Locate(null, home.Environment).Path.ShouldBe("/from/variable");
        DockerConfigDirectory.Locate("", home.Environment).Path.ShouldBe("/from/variable");
        DockerConfigDirectory.Locate("sub/../mine", home.Environment).Path.ShouldBe(home.At("mine"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("{}")]
    [InlineData("""{"auths":null,"proxies":null,"credsStore":null,"cliPluginsExtraDirs":null}""")]
    public void Nothing_written_is_nothing_configured(string? content)
    {
        using var home = new DockerHome();
        if (content is not null)
        {
            home.WithConfig(content);
        }

        var config = home.Config.ReadConfigFile();

        config.HasCredentials.ShouldBeFalse();
        config.CurrentContext.ShouldBeNull();
        config.PluginDirectories.ShouldBeEmpty();
        config.Proxies.ShouldBeEmpty();
    }

    [Fact]
    public void Every_key_a_build_needs_is_read()
    {
        var config = Parse(
            """
            {
              "auths": {"reg.example": {"auth": "dTpw", "identitytoken": "it"}, "empty.example": {}, "gone": null},
              "credsStore": "desktop",
              "credHelpers": {"gcr.io": "gcloud"},
              "proxies": {"default": {"httpProxy": "http://p", "noProxy": "x"}},
              "HttpHeaders": {"X-Meta": "1"},
              "currentContext": "far",
              "cliPluginsExtraDirs": ["/a", "/b"],
              "detachKeys": 17
            }
            """);

        config.Auths.Keys.ShouldBe(["reg.example", "empty.example"]);
        config.Auths["reg.example"].Encoded.ShouldBe("dTpw");
        config.Auths["reg.example"].IdentityToken.ShouldBe("it");
        config.CredentialsStore.ShouldBe("desktop");
        config.CredentialHelpers["gcr.io"].ShouldBe("gcloud");
        config.Proxies["default"].HttpProxy.ShouldBe("http://p");
        config.HttpHeaders["X-Meta"].ShouldBe("1");
        config.CurrentContext.ShouldBe("far");
        config.PluginDirectories.ShouldBe(["/a", "/b"]);
    }

    [Fact]
    public void Keys_in_another_case_are_understood_and_the_exact_one_wins()
    {
        Parse("""{"CREDSSTORE":"a"}""").CredentialsStore.ShouldBe("a");
        Parse("""{"CREDSSTORE":"a","credsStore":"b","CredsStore":"c"}""").CredentialsStore.ShouldBe("b");
    }

    [Fact]
    public void What_follows_the_object_and_a_byte_order_mark_do_no_harm() =>
        Parse("\uFEFF{\"credsStore\":\"a\"} trailing").CredentialsStore.ShouldBe("a");

    [Fact]
    public void Unknown_keys_stay_in_the_raw_form() =>
        Parse("""{"plugins":{"x":{"y":"z"}}}""").Raw.GetRawText().ShouldBe("""{"plugins":{"x":{"y":"z"}}}""");

    [Fact]
    public void Broken_json_names_file_line_and_byte()
    {
        using var home = new DockerHome();
        home.WithConfig("{\n  \"auths\": {},\n  oops\n}");

        var error = Should.Throw<PipCacheException>(() => home.Config.ReadConfigFile());

        error.Text.Code.ShouldBe("docker-config-invalid");
        error.Text.What.ShouldContain(home.Config.ConfigFilePath);
        error.Text.Why.ShouldNotBeNull().ShouldStartWith("line 3, byte 3: 'o' is an invalid start of a property name");
        error.Text.Why.ShouldNotContain("LineNumber");
    }

    [Fact]
    public void What_docker_itself_goes_on_without_is_an_empty_configuration()
    {
        using var home = new DockerHome();
        home.WithConfig("{\"auths\": {\"h\": ");

        home.Config.ReadUsableConfigFile().HasCredentials.ShouldBeFalse();
    }

    [Fact]
    public void A_file_that_docker_uses_in_part_is_not_taken_for_an_empty_one()
    {
        using var home = new DockerHome();
        home.WithConfig("""{"currentContext": "remote", "credHelpers": 1}""");

        Should.Throw<PipCacheException>(() => home.Config.ReadUsableConfigFile()).Text.Code.ShouldBe("docker-config-invalid");
    }

    [Theory]
    [InlineData("[]", "`the whole file` is a list where an object belongs")]
    [InlineData("""{"auths":[]}""", "`auths` is a list where an object belongs")]
    [InlineData("""{"auths":{"h":"x"}}""", "`auths.h` is a string where an object belongs")]
    [InlineData("""{"auths":{"h":{"auth":1}}}""", "`auths.h.auth` is a number where a string belongs")]
    [InlineData("""{"credHelpers":{"h":{}}}""", "`credHelpers.h` is an object where a string belongs")]
    [InlineData("""{"cliPluginsExtraDirs":"/a"}""", "`cliPluginsExtraDirs` is a string where a list belongs")]
    [InlineData("""{"cliPluginsExtraDirs":[true]}""", "`cliPluginsExtraDirs` is true or false where a string belongs")]
    public void A_value_of_the_wrong_kind_is_named(string json, string why) =>
        Should.Throw<PipCacheException>(() => Parse(json)).Text.Why.ShouldBe(why);

    [Fact]
    public void Half_a_character_is_an_error_of_the_file() =>
        Should.Throw<PipCacheException>(() => Parse("""{"credsStore":"\ud800"}"""))
            .Text.Code.ShouldBe("docker-config-invalid");

    [Fact]
    public void A_directory_in_the_place_of_the_file_is_unreadable()
    {
        using var home = new DockerHome();
        Directory.CreateDirectory(home.Config.ConfigFilePath);

        Should.Throw<PipCacheException>(() => home.Config.ReadConfigFile())
            .Text.Code.ShouldBe("docker-config-unreadable");
    }

    [Fact]
    public void No_text_of_the_parsed_form_shows_a_secret()
    {
        var config = Parse(
            """{"auths":{"h":{"auth":"hush","password":"hush"}},"proxies":{"default":{"httpProxy":"http://u:hush@p"}}}""");

        string.Join(' ', config.Auths.Values).ShouldNotContain("hush");
        string.Join(' ', config.Proxies.Values).ShouldNotContain("hush");
    }

    [Fact]
    public void Whatever_bytes_the_file_holds_it_is_read_or_a_typed_error() =>
        Gen.Select(Gen.Byte.Array[0, 40], Gen.OneOf(Starts.Select(Gen.Const).ToArray())).Sample(
            (bytes, start) =>
            {
                byte[] content = [.. System.Text.Encoding.UTF8.GetBytes(start), .. bytes];
                try
                {
                    return DockerConfigParser.Parse("config.json", content) is not null;
                }
                catch (PipCacheException error)
                {
                    return error.Text.Code == "docker-config-invalid";
                }
            },
            iter: 2000);
}
