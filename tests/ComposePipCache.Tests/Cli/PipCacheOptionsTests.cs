using ComposePipCache.Build;
using ComposePipCache.Cli.Settings;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Cli;

public class PipCacheOptionsTests
{
    private static readonly EnvironmentSnapshot Empty = new([], "/");

    private static PipCacheOptions Read(EnvironmentSnapshot environment, params string[] uses) =>
        PipCacheOptionsReader.Read(
            [.. uses.Select(use => use.Split('=', 2)).Select(parts =>
                new FlagUse(PipCacheFlags.Find(parts[0])!, parts.Length > 1 ? parts[1] : null))],
            environment);

    private static PipCacheOptions Apply(string name, string? value) => PipCacheFlags.Find(name)!.Apply(
        new PipCacheOptions(), new SettingValue($"--{name}", value, SettingPlace.Of(Empty)));

    [Fact]
    public void A_flag_wins_over_its_variable()
    {
        var environment = Empty.With("PIPCACHE_DISABLE", "1");

        Read(environment).IsDisabled.ShouldBe(true);
        Read(environment, "no-pipcache=false").IsDisabled.ShouldBe(false);
        Read(Empty, "no-pipcache").IsDisabled.ShouldBe(true);
        Read(Empty).IsDisabled.ShouldBeNull();
    }

    [Theory]
    [InlineData("1", null, NetworkUse.Offline)]
    [InlineData("0", null, NetworkUse.Online)]
    [InlineData("auto", null, NetworkUse.Auto)]
    [InlineData("1", "online", NetworkUse.Online)]
    [InlineData("0", "offline", NetworkUse.Offline)]
    [InlineData("1", "offline=auto", NetworkUse.Auto)]
    [InlineData("", "offline", NetworkUse.Offline)]
    [InlineData("", "online", NetworkUse.Online)]
    [InlineData("", null, null)]
    public void One_variable_speaks_for_offline_and_online(string variable, string? flag, object? expected)
    {
        var environment = Empty.With("PIPCACHE_OFFLINE", variable);

        Read(environment, flag is null ? [] : [flag]).Network.ShouldBe((NetworkUse?)expected);
    }

    [Fact]
    public void Every_other_variable_says_what_its_flag_says()
    {
        var options = Read(Empty
            .With("PIPCACHE_RETRIES", "5")
            .With("PIPCACHE_REFRESH_AFTER", "7d")
            .With("PIPCACHE_STRICT", "true")
            .With("PIPCACHE_MAX_SIZE", "5GB"));

        options.Retries.ShouldBe(5);
        options.RefreshAfter.ShouldBe(TimeSpan.FromDays(7));
        options.IsStrict.ShouldBe(true);
        options.MaxSize.ShouldBe(5L << 30);
    }

    [Fact]
    public void Folders_in_a_variable_are_separated_as_in_PATH_and_a_flag_takes_their_place()
    {
        var environment = new EnvironmentSnapshot([new("HOME", "/home/me")], "/project")
            .With("PIPCACHE_FIND_LINKS", string.Join(Path.PathSeparator, "a", "", "/b", "~/c"));

        Read(environment).FindLinks!.Select(folder => folder.Path)
            .ShouldBe(["/project/a", "/b", "/home/me/c"]);
        Read(environment, "find-links=x", "find-links=../y").FindLinks!.Select(folder => folder.Path)
            .ShouldBe(["/project/x", "/y"]);
    }

    [Fact]
    public void A_value_that_cannot_be_meant_is_told_before_anything_else()
    {
        var error = Should.Throw<PipCacheException>(() => Read(Empty, "retries=many"));

        error.Text.What.ShouldBe("invalid value \"many\" for `--retries`");
        error.Text.Hint.ShouldBe("give it a whole number, 0 or more");
    }

    [Fact]
    public void Offline_and_online_contradict_each_other() =>
        Should.Throw<PipCacheException>(() => Read(Empty, "offline", "online")).Text.Code.ShouldBe("contradiction");

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("30m", 1_800)]
    [InlineData("24h", 86_400)]
    [InlineData("7d", 604_800)]
    public void A_duration_is_a_number_and_a_unit(string text, int seconds) =>
        Apply("refresh-after", text).RefreshAfter.ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("refresh-after", "24")]
    [InlineData("refresh-after", "-1h")]
    [InlineData("refresh-after", "h")]
    [InlineData("refresh-after", "2147483647h")]
    [InlineData("refresh-after", "1000001d")]
    [InlineData("retries", "-1")]
    [InlineData("retries", "1.5")]
    [InlineData("offline", "yes")]
    [InlineData("offline", "AUTO")]
    [InlineData("online", "auto")]
    [InlineData("find-links", "")]
    [InlineData("find-links", "a\0b")]
    public void Anything_else_is_refused(string flag, string value) =>
        Should.Throw<PipCacheException>(() => Apply(flag, value)).Text.Code.ShouldBe("invalid-value");

    [Theory]
    [InlineData("1024", 1_024L)]
    [InlineData("500m", 524_288_000L)]
    [InlineData("1.5GiB", 1_610_612_736L)]
    [InlineData("5 GB", 5_368_709_120L)]
    [InlineData("10kb", 10_240L)]
    public void A_size_is_a_number_and_a_unit_of_dockers(string text, long bytes) =>
        ByteSize.TryParse(text).ShouldBe(bytes);

    [Theory]
    [InlineData("")]
    [InlineData("GB")]
    [InlineData("-1")]
    [InlineData("1e3")]
    [InlineData("9999999p")]
    public void And_nothing_else(string text) => ByteSize.TryParse(text).ShouldBeNull();

    [Fact]
    public void What_is_said_in_one_place_goes_before_what_is_said_in_the_next()
    {
        var first = new PipCacheOptions { Network = NetworkUse.Auto, Retries = 0 };
        var second = new PipCacheOptions { Network = NetworkUse.Offline, Retries = 7, IsStrict = true, MaxSize = 1 };

        first.Over(second).ShouldBe(second with { Network = NetworkUse.Auto, Retries = 0 });
        new PipCacheOptions().Over(second).ShouldBe(second);
    }

    [Fact]
    public void Settings_carry_what_is_set_to_the_builder()
    {
        using var folder = new TempFolder();
        var given = Read(
            Empty.With("PIPCACHE_MAX_SIZE", "9"),
            "online",
            "find-links=/w",
            "refresh-after=1h",
            "retries=0",
            "strict",
            "refresh");

        var path = SettingsFile.Write(
            folder.At("cache"), BuilderSettings.From(given, ["web"]) with { DockerConfig = "/docker" });

        File.ReadAllText(path).ShouldBe(
            """{"version":1,"dockerConfig":"/docker","offline":false,"findLinks":["/w"],"refresh":true,"""
            + "\"refreshAfterSeconds\":3600,\"retries\":0,\"strict\":true,\"maxSize\":9,"
            + "\"disabledTargets\":[\"web\"]}");
        var settings = SettingsFile.Read(path).ToPipSettings("/said");
        settings.IsOffline.ShouldBe(false);
        settings.FindLinks.ShouldBe(["/w"]);
        settings.IsRefresh.ShouldBeTrue();
        settings.RefreshAfter.ShouldBe(TimeSpan.FromHours(1));
        settings.Retries.ShouldBe(0);
        settings.IsStrict.ShouldBeTrue();
        settings.MaxSize.ShouldBe(9);
        settings.DisabledTargets.ShouldBe(["web"]);
        settings.AnnouncementsFile.ShouldBe("/said");
    }

    [Fact]
    public void What_nobody_said_is_at_its_default()
    {
        BuilderSettings.From(new PipCacheOptions(), []).ShouldBe(new BuilderSettings());
        BuilderSettings.From(new PipCacheOptions { Network = NetworkUse.Auto, FindLinks = [] }, [])
            .ShouldBe(new BuilderSettings());

        var settings = new BuilderSettings().ToPipSettings(null);
        settings.IsOffline.ShouldBeNull();
        settings.RefreshAfter.ShouldBe(TimeSpan.FromHours(24));
        settings.Retries.ShouldBe(3);
        settings.FindLinks.ShouldBeEmpty();
        settings.DisabledTargets.ShouldBeEmpty();
        settings.MaxSize.ShouldBeNull();
    }

    [Fact]
    public void Equal_settings_are_one_file()
    {
        using var folder = new TempFolder();

        var first = SettingsFile.Write(folder.At("cache"), new BuilderSettings());
        SettingsFile.Write(folder.At("cache"), new BuilderSettings()).ShouldBe(first);
        SettingsFile.Write(folder.At("cache"), new BuilderSettings { Strict = true }).ShouldNotBe(first);
        File.GetUnixFileMode(first).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Theory]
    [InlineData("", "cbf29ce484222325")]
    [InlineData("a", "af63dc4c8601ec8c")]
    [InlineData("foobar", "85944171f73967e8")]
    public void A_name_is_the_same_in_every_process(string text, string name) => StableName.Of(text).ShouldBe(name);

    [Theory]
    [InlineData(null, null, "/home/me/.cache/docker-pipcache")]
    [InlineData("/var/cache", null, "/var/cache/docker-pipcache")]
    [InlineData("relative", null, "/home/me/.cache/docker-pipcache")]
    [InlineData("/var/cache", "/own", "/own")]
    [InlineData("/var/cache", "own", "/project/own")]
    public void The_cache_is_where_the_user_says(string? cacheHome, string? own, string expected)
    {
        var environment = new EnvironmentSnapshot([new("HOME", "/home/me")], "/project")
            .With("XDG_CACHE_HOME", cacheHome).With("PIPCACHE_DIR", own);

        CacheDirectory.Locate(environment).ShouldBe(expected);
    }
}
