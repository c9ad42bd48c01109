using System.Text.RegularExpressions;
using ComposePipCache.BuildKit.Session.FileSync.Patterns;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.BuildKit.FileSync.Patterns;

public class LinearExpressionTests
{
    [Theory]
    [InlineData(@"^a\db$", "a1b", "adb")]
    [InlineData(@"^a\Db$", "axb", "a1b")]
    [InlineData(@"^[\w]$", "_", "é")]
    [InlineData(@"^[^\W]$", "_", "é")]
    [InlineData(@"^\s$", "\t", "x")]
    [InlineData(@"^[[:alpha:]]$", "q", "1")]
    [InlineData(@"^[[:^alpha:]]$", "1", "q")]
    [InlineData(@"^\x41\102$", "AB", "ab")]
    [InlineData(@"^\Qa.b\E.$", "a.bc", "axbc")]
    [InlineData(@"^.*\b-$", "a-", "--")]
    [InlineData(@"^[[^/]*]$", "^/]", "a]")]
    [InlineData(@"^a^b[^/]*$", null, "a^b")]
    [InlineData(@"^.$", "\U0001F40D", "\n")]
    [InlineData(@"^[^/]$", "\n", "/")]
    [InlineData(@"^[😀-😎]$", "😃", "a")]
    [InlineData(@"^\pL$", "é", "1")]
    [InlineData(@"^\pl$", "\U00010400", "١")]
    [InlineData(@"^\PL$", "1", "é")]
    [InlineData(@"^[\pN_]$", "_", "-")]
    [InlineData(@"^[^\pN_]$", "-", "١")]
    [InlineData(@"^[\PN]$", "_", "Ⅷ")]
    [InlineData(@"^\pM$", "\u0301", "e")]
    [InlineData(@"^\pP$", "«", "+")]
    [InlineData(@"^\pS$", "€", ".")]
    [InlineData(@"^\pZ$", "\u00a0", "\t")]
    [InlineData(@"^\pC$", "\u0378", "x")]
    [InlineData(@"^\PC$", "x", "\u200b")]
    [InlineData(@"^\pNx*$", "7xx", "xx")]
    public void Escapes_and_classes_mean_what_they_mean_in_Go(string expression, string? match, string other)
    {
        var linear = LinearExpression.Parse(expression, expression);

        (match is null || linear.Matches(match)).ShouldBeTrue();
        linear.Matches(other).ShouldBeFalse();
    }

    [Theory]
    [InlineData(@"^a\p$")]
    [InlineData(@"^\p\{Greek\}$")]
    [InlineData(@"^\pX$")]
    [InlineData(@"^\pé$")]
    [InlineData(@"^\p^L$")]
    [InlineData(@"^[a-\pL]$")]
    [InlineData(@"^a\u0041$")]
    [InlineData(@"^\1$")]
    [InlineData(@"^\xg0$")]
    [InlineData(@"^\é$")]
    [InlineData("^[z-a]$")]
    [InlineData("^[abc$")]
    [InlineData("^[[:nope:]]$")]
    public void What_means_nothing_is_refused(string expression) =>
        Should.Throw<PatternException>(() => LinearExpression.Parse(expression, "the pattern"))
            .Message.ShouldContain("the pattern");

    [Fact]
    public void Many_wildcards_do_not_explode()
    {
        var stars = string.Concat(Enumerable.Repeat("a*", 40));
        var (_, expression) = PatternTranslator.Translate($"**/{stars}x");

        LinearExpression.Parse(expression, "stars").Matches(new string('a', 2000)).ShouldBeFalse();
    }

    [Fact]
    public void It_agrees_with_the_platform_engine_on_what_both_can_express() =>
        Gen.Select(Expression, Gen.String[Gen.Char["ab/.-"], 0, 8]).Sample((expression, text) =>
            LinearExpression.Parse(expression, expression).Matches(text)
            == Regex.IsMatch(text, expression, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5)));

    private static readonly Gen<string> Expression = Gen
        .OneOf("a", "b", "/", @"\.", "-", "[^/]*", "[^/]", "(.*/)?", ".*", "[ab]", "[^a]", "[a-b]*", ".")
        .List[0, 8].Select(parts => $"^{string.Concat(parts)}$");
}
