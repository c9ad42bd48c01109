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

    private static PipCacheOptions Apply(string name, string? value) =>
        PipCacheFlags.Find(name)!.Apply(new PipCacheOptions(), new FlagValue($"--{name}", value));

    [Fact]
    public void A_flag_wins_over_its_variable()
    {
        var environment = Empty.With("PIPCACHE_DISABLE", "1");

        Read(environment).IsDisabled.ShouldBeTrue();
        Read(environment, "no-pipcache=false").IsDisabled.ShouldBeFalse();
        Read(Empty, "no-pipcache").IsDisabled.ShouldBeTrue();
        Read(Empty).IsDisabled.ShouldBeFalse();
    }

    [Theory]
    [InlineData("find-links=./w")]
    [InlineData("offline")]
    [InlineData("online")]
    [InlineData("refresh")]
    [InlineData("refresh-after=24h")]
    [InlineData("retries=3")]
    [InlineData("strict")]
    public void A_flag_that_nothing_obeys_yet_is_an_error(string use) =>
        Should.Throw<PipCacheException>(() => Read(Empty, use)).Text.Code.ShouldBe("not-available");

    [Fact]
    public void A_variable_that_nothing_obeys_yet_is_an_error_too() =>
        Should.Throw<PipCacheException>(() => Read(Empty.With("PIPCACHE_OFFLINE", "1")))
            .Text.What.ShouldBe("`PIPCACHE_OFFLINE` is not available in this version");

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
    [InlineData("find-links", "")]
    public void Anything_else_is_refused(string flag, string value) =>
        Should.Throw<PipCacheException>(() => Apply(flag, value)).Text.Code.ShouldBe("invalid-value");

    [Fact]
    public void A_folder_may_be_given_more_than_once()
    {
        var once = Apply("find-links", "./a");

        PipCacheFlags.Find("find-links")!.Apply(once, new FlagValue("--find-links", "./b"))
            .FindLinks.ShouldBe(["./a", "./b"]);
    }

    [Fact]
    public void Settings_carry_what_is_set_with_absolute_paths()
    {
        using var folder = new TempFolder();
        var options = new PipCacheOptions
        {
            IsOffline = false,
            FindLinks = ["w"],
            RefreshAfter = TimeSpan.FromHours(1),
            Retries = 0,
        };

        var path = SettingsFile.Write(
            folder.At("cache"), BuilderSettings.From(options, "/docker", name => $"/project/{name}"));

        File.ReadAllText(path).ShouldBe(
            """{"version":1,"dockerConfig":"/docker","offline":false,"findLinks":["/project/w"],"""
            + "\"refreshAfterSeconds\":3600,\"retries\":0}");
        SettingsFile.Read(path).RefreshAfterSeconds.ShouldBe(3600);
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
