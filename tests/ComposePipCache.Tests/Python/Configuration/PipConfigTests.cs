using ComposePipCache.Python.Configuration;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Configuration;

public class PipConfigTests
{
    [Fact]
    public void An_option_is_found_however_it_is_spelled()
    {
        var config = Config("[global]\nIndex_URL = https://a/simple\n--retries: 3\n");

        config.Find("install", "index-url").ShouldBe("https://a/simple");
        config.Find("install", "retries").ShouldBe("3");
        config.Find("install", "timeout").ShouldBeNull();
    }

    [Fact]
    public void A_section_of_the_command_beats_the_global_one_of_any_file()
    {
        var config = new PipConfig(
        [
            new PipConfigFile(PipConfigKind.Environment, "/e", "[global]\ntimeout = 1\n[download]\nretries = 1\n"),
            new PipConfigFile(PipConfigKind.Global, "/g", "[install]\ntimeout = 2\n[global]\nretries = 2\n"),
        ]);

        config.Find("install", "timeout").ShouldBe("2");
        config.Find("wheel", "timeout").ShouldBe("1");
        config.Find("install", "retries").ShouldBe("2");
        config.Find("download", "retries").ShouldBe("1");
    }

    [Fact]
    public void A_nearer_file_replaces_a_list()
    {
        var config = new PipConfig(
        [
            new PipConfigFile(PipConfigKind.Site, "/s", "[global]\nfind-links = /c\n"),
            new PipConfigFile(PipConfigKind.Global, "/g", "[global]\nfind-links = /a\n  /b\n"),
            new PipConfigFile(PipConfigKind.User, "/u", "[global]\nfind-links =\n\t/x /y\n\n    # no\n    /z\n"),
        ]);

        config.FindAll("install", "find-links").ShouldBe(["/c"]);
        Config("[global]\nfind-links =\n\t/x /y\n\n    # no\n    /z\n").FindAll("install", "find-links").ShouldBe(["/x", "/y", "/z"]);
    }

    [Fact]
    public void Of_two_user_files_the_later_wins()
    {
        var config = new PipConfig(
        [
            new PipConfigFile(PipConfigKind.User, "/.pip/pip.conf", "[global]\ntimeout = 1\n"),
            new PipConfigFile(PipConfigKind.User, "/.config/pip/pip.conf", "[global]\ntimeout = 2\n"),
        ]);

        config.Find("install", "timeout").ShouldBe("2");
    }

    [Fact]
    public void A_named_file_that_exists_takes_the_place_of_the_users()
    {
        PipConfigFile[] files =
        [
            new PipConfigFile(PipConfigKind.User, "/u", "[global]\ntimeout = 1\n"),
            new PipConfigFile(PipConfigKind.Environment, "/e", "[global]\nretries = 1\n"),
        ];

        new PipConfig(files, "/e").Find("install", "timeout").ShouldBeNull();
        new PipConfig(files[..1], "/missing").Find("install", "timeout").ShouldBe("1");
    }

    [Fact]
    public void The_null_device_means_no_file_at_all()
    {
        var config = new PipConfig([new PipConfigFile(PipConfigKind.Global, "/g", "[global]\ntimeout = 1\n")], "/dev/null");

        config.Find("install", "timeout").ShouldBeNull();
    }

    [Fact]
    public void An_empty_value_is_none()
    {
        Config("[install]\nindex-url =\n[global]\nindex-url = https://a\n").Find("install", "index-url").ShouldBe("https://a");
    }

    [Theory]
    [InlineData("timeout = 1\n[global]\ntimeout = 2\n")]
    [InlineData("\uFEFF# comment\n; comment\n[other]\nnonsense\n[global]\r\ntimeout = 2\r\n")]
    [InlineData("[global]\n[unfinished\ntimeout = 2\n")]
    public void What_cannot_be_read_is_passed_over(string text)
    {
        Config(text).Find("install", "timeout").ShouldBe("2");
    }

    [Fact]
    public void A_value_may_hold_separators_and_comment_signs()
    {
        Config("[global]\nindex-url = https://u:p@h:1/s?a=b#c ; d\n").Find("install", "index-url")
            .ShouldBe("https://u:p@h:1/s?a=b#c ; d");
    }

    private static PipConfig Config(string text) => new([new PipConfigFile(PipConfigKind.Global, "/etc/pip.conf", text)]);
}
