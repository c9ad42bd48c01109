using ComposePipCache.BuildKit.Session.FileSync.Patterns;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.BuildKit.FileSync.Patterns;

public class PatternTranslatorTests
{
    [Theory]
    [InlineData("*", "^[^/]*$")]
    [InlineData("file*", "^file[^/]*$")]
    [InlineData("*file", "^[^/]*file$")]
    [InlineData("a*/b", "^a[^/]*/b$")]
    [InlineData("**/**", "^(.*/)?.*$")]
    [InlineData("**/dir2/*", "^(.*/)?dir2/[^/]*$")]
    [InlineData("**/dir2/**", "^(.*/)?dir2/.*$")]
    [InlineData("**/file*txt", "^(.*/)?file[^/]*txt$")]
    [InlineData("**/**/*.txt", @"^(.*/)?(.*/)?[^/]*\.txt$")]
    [InlineData("a[b-d]e", "^a[b-d]e$")]
    [InlineData(".*", @"^\.[^/]*$")]
    [InlineData("abc?def", "^abc[^/]def$")]
    public void Wildcards_become_an_expression(string pattern, string expression) =>
        PatternTranslator.Translate(pattern).ShouldBe((MatchKind.Expression, expression));

    [Theory]
    [InlineData("**", "Suffix")]
    [InlineData("dir/**", "Prefix")]
    [InlineData("**/dir", "Suffix")]
    [InlineData("**file", "Suffix")]
    [InlineData("**/foo/bar", "Suffix")]
    [InlineData("abc.def", "Exact")]
    [InlineData("a(b)c/def", "Exact")]
    [InlineData("a.|)$(}+{bc", "Exact")]
    [InlineData("a^b", "Exact")]
    public void Simple_patterns_need_no_expression(string pattern, string kind) =>
        PatternTranslator.Translate(pattern).Kind.ToString().ShouldBe(kind);
}
