using ComposePipCache.BuildKit.Session.FileSync.Paths;
using ComposePipCache.BuildKit.Session.FileSync.Patterns;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.BuildKit.FileSync.Patterns;

public class PatternMatcherTests
{
    [Theory]
    [InlineData("**", "file dir/file dir/file/ /")]
    [InlineData("**/", "file dir/file dir/file/")]
    [InlineData("**/**", "dir/file dir/file/")]
    [InlineData("dir/**", "dir/file dir/dir2/file dir/dir2/file/")]
    [InlineData("**/dir", "dir dir/file x/dir x/y/dir/file")]
    [InlineData("**/dir2/*", "dir/dir2/file dir/dir2/file/")]
    [InlineData("**/dir2/**", "dir/dir2/dir3/file")]
    [InlineData("**file", "file dir/file dir/dir/file dir/myfile")]
    [InlineData("**/file*", "dir/dir/file dir/dir/file.txt")]
    [InlineData("**/file*txt", "dir/dir/file.txt")]
    [InlineData("**/file*.txt*", "dir/dir/file.txt")]
    [InlineData("**/**/*.txt", "dir/dir/file.txt file.txt")]
    [InlineData("a**/*.txt", "a/file.txt a/dir/file.txt a/dir/dir/file.txt")]
    [InlineData("a/*.txt", "a/file.txt")]
    [InlineData("a/*.txt**", "a/file.txt")]
    [InlineData("a[b-d]e", "ace")]
    [InlineData("a[^b-d]e", "aze")]
    [InlineData(".*", ".foo")]
    [InlineData("abc.def", "abc.def")]
    [InlineData("abc?def", "abcZdef")]
    [InlineData(@"a\\", @"a\")]
    [InlineData("**/foo/bar", "foo/bar dir/foo/bar dir/dir2/foo/bar")]
    [InlineData("abc/**", "abc/def abc/def/ghi")]
    [InlineData("**/.foo", ".foo")]
    [InlineData("a(b)c/def", "a(b)c/def")]
    [InlineData("a.|)$(}+{bc", "a.|)$(}+{bc")]
    [InlineData("dist/*.whl", "dist/proxy.py-2.4.0rc3.dev36+g08acad9-py3-none-any.whl")]
    [InlineData(@"a\*b", "a*b")]
    [InlineData("a?b", "a☺b a\U0001F40Db")]
    [InlineData("a[^a]b", "a☺b")]
    [InlineData("[a-ζ]*", "α")]
    [InlineData(@"[\]a]", "]")]
    [InlineData(@"[x\-]", "x -")]
    [InlineData(@"\pL*.txt", "é1.txt Ω.txt")]
    [InlineData(@"v\d.\PL", "v1.2")]
    [InlineData(@"\Qa\E", "a")]
    [InlineData(@"\x41", "A")]
    [InlineData("  docs/  ", "docs docs/a")]
    [InlineData("./docs/../docs", "docs")]
    public void What_a_pattern_matches(string pattern, string paths) =>
        Verdicts(pattern, paths).ShouldAllBe(matched => matched);

    [Theory]
    [InlineData("**/**/*.txt2", "dir/dir/file.txt")]
    [InlineData("a/*.txt", "a/dir/file.txt")]
    [InlineData("a[b-d]e", "ae aae")]
    [InlineData(".*", "foo")]
    [InlineData("abc.def", "abcdef abcZdef")]
    [InlineData("abc?def", "abcdef abc/def")]
    [InlineData("abc/**", "abc")]
    [InlineData("**/.foo", "bar.foo")]
    [InlineData("a(b)c/def", "a(b)c/xyz")]
    [InlineData("a*/b", "a/c/b")]
    [InlineData("a???b", "a☺b")]
    [InlineData("*[a-ζ]", "A")]
    [InlineData("/docs", "docs docs/a")]
    [InlineData("foo", "foobar foo-x xfoo")]
    [InlineData(@"\pL", "pL 1")]
    [InlineData(@"\d", "d")]
    public void What_a_pattern_does_not_match(string pattern, string paths) =>
        Verdicts(pattern, paths).ShouldAllBe(matched => !matched);

    [Theory]
    [InlineData("** !util/docker/web", "util/docker/web/foo", false)]
    [InlineData("** !util/docker/web util/docker/web/foo", "util/docker/web/foo", true)]
    [InlineData("docs !docs/README.md", "docs/README.md", false)]
    [InlineData("docs/ !docs/README.md", "docs/README.md", false)]
    [InlineData("docs/* !docs/README.md", "docs/README.md", false)]
    [InlineData("*.go !fileutils.go", "fileutils.go", false)]
    [InlineData("!fileutils.go *.go", "fileutils.go", true)]
    [InlineData("** !dist/*.whl", "dist/a.whl", false)]
    public void The_last_pattern_that_matches_wins(string patterns, string path, bool matched) =>
        Both(PatternMatcher.Create(patterns.Split(' ')), path).ShouldBe((matched, matched));

    [Fact]
    public void A_pattern_skipped_for_the_folder_counts_as_not_matching_below_it()
    {
        var matcher = PatternMatcher.Create(["**/*.txt", "!a"]);

        Both(matcher, "a/b.txt").ShouldBe((false, true));
    }

    [Theory]
    [InlineData("[]a]")]
    [InlineData("[-]")]
    [InlineData("[x-]")]
    [InlineData("[-x]")]
    [InlineData(@"a\")]
    [InlineData("[a-b-c]")]
    [InlineData("[")]
    [InlineData("[^")]
    [InlineData("[^bc")]
    [InlineData("a[")]
    [InlineData("!a[")]
    public void A_malformed_pattern_is_refused_by_name(string pattern) =>
        Should.Throw<PatternException>(() => PatternMatcher.Create(["ok", pattern]))
            .Message.ShouldBe($"syntax error in pattern `{pattern.TrimStart('!')}`");

    [Theory]
    [InlineData("!")]
    [InlineData(" ! ")]
    [InlineData("!/")]
    public void A_negation_of_nothing_is_refused(string pattern) =>
        Should.Throw<PatternException>(() => PatternMatcher.Create([pattern]));

    [Theory]
    [InlineData("[Local-Only]", "x")]
    [InlineData(@"src\users*", "x")]
    public void What_only_the_expression_cannot_express_fails_at_the_first_comparison(string pattern, string path)
    {
        var matcher = PatternMatcher.Create([pattern]);

        Should.Throw<PatternException>(() => matcher.Matches(path)).Message.ShouldContain(pattern);
        Should.Throw<PatternException>(() => matcher.Matches(path)).Message.ShouldContain(pattern);
    }

    [Fact]
    public void Empty_patterns_are_dropped() =>
        PatternMatcher.Create(["docs", "", "  ", "!config"]).Patterns
            .Select(pattern => (pattern.Text, pattern.IsNegated))
            .ShouldBe([("docs", false), ("config", true)]);

    [Fact]
    public void No_pattern_matches_nothing() => PatternMatcher.Create([]).Matches("any/path").ShouldBeFalse();

    [Fact]
    public void A_negation_of_all_undoes_everything_before_it() =>
        Gen.Select(Samples.Pattern.List[0, 4], Samples.Path)
            .Sample((patterns, path) => !PatternMatcher.Create([.. patterns, "!**"]).Matches(path));

    [Fact]
    public void What_is_below_a_match_matches() =>
        Gen.Select(Samples.Pattern, Samples.Path, Samples.Name).Sample((pattern, path, name) =>
        {
            var matcher = PatternMatcher.Create([pattern]);
            return !matcher.Matches(path) || Both(matcher, $"{path}/{name}") == (true, true);
        });

    [Fact]
    public void Positive_patterns_match_the_same_with_and_without_knowledge_of_the_folder() =>
        Gen.Select(Samples.Pattern.List[1, 6], Samples.Path).Sample((patterns, path) =>
        {
            var (alone, below) = Both(PatternMatcher.Create(patterns), path);
            return alone == below;
        });

    [Fact]
    public void A_name_with_every_special_character_escaped_matches_itself() =>
        Samples.Path.Sample(path =>
        {
            var escaped = string.Concat(path.Select(c => "*?[]\\".Contains(c) ? $"\\{c}" : $"{c}"));
            return PatternMatcher.Create([escaped]).Matches(path);
        });

    private static IEnumerable<bool> Verdicts(string pattern, string paths) =>
        paths.Split(' ').SelectMany(path => new[]
        {
            PatternMatcher.Create([pattern]).Matches(path),
            Both(PatternMatcher.Create([pattern]), path).Below,
            PatternMatcher.Create([pattern]).Matches(path, null, out _),
        });

    private static (bool Alone, bool Below) Both(PatternMatcher matcher, string path)
    {
        PatternMatches? matches = null;
        var below = false;
        foreach (var prefix in SlashPath.Prefixes(path))
        {
            below = matcher.Matches(prefix, matches, out matches);
        }

        return (matcher.Matches(path), below);
    }

    private static class Samples
    {
        internal static readonly Gen<string> Name = Gen.String[Gen.Char["ab.*?[]\\ ☺"], 1, 4]
            .Where(name => name is not ("." or "..") && name.Trim() == name);

        internal static readonly Gen<string> Path = Name.List[1, 4].Select(names => string.Join('/', names));

        internal static readonly Gen<string> Pattern = Gen
            .OneOf("a", "b", "*", "?", "**", "a*", "*.b", "[ab]", "**b", "a**", ".a")
            .List[1, 4].Select(parts => string.Join('/', parts));
    }
}
