using ComposePipCache.Python.Commands;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Commands;

public class UrlCredentialsTests
{
    [Theory]
    [InlineData("https://h/x", "https://h/x", "https://h/x")]
    [InlineData("see https://u:p@h/x, and http://t@g", "see https://****@h/x, and http://****@g",
        "see https://h/x, and http://g")]
    [InlineData("https://u:p@ss@h/x", "https://****@h/x", "https://h/x")]
    [InlineData("https://h/x?sig=1#f", "https://h/x?****#f", "https://h/x?sig=1#f")]
    [InlineData("https://h/a?b=https://u:p@g/", "https://h/a?****", "https://h/a?b=https://g/")]
    [InlineData("https://h/https://u:p@g/", "https://h/https://****@g/", "https://h/https://g/")]
    [InlineData("git+ssh://git@h/x@v1", "git+ssh://git@h/x@v1", "git+ssh://git@h/x@v1")]
    [InlineData("git+ssh://git:pw@h/x", "git+ssh://****@h/x", "git+ssh://h/x")]
    [InlineData("what? a@b", "what? a@b", "what? a@b")]
    [InlineData("https://h/ 'x?y'", "https://h/ 'x?y'", "https://h/ 'x?y'")]
    public void What_is_secret_goes(string text, string redacted, string removed)
    {
        UrlCredentials.Redact(text).ShouldBe(redacted);
        UrlCredentials.Remove(text).ShouldBe(removed);
    }

    [Fact]
    public void A_password_never_stays() => Gen.String[Gen.Char["ab:@/?# '"], 0, 12].Sample(text =>
    {
        var url = $"{text} https://user:SECRET@host/{text}";

        UrlCredentials.Redact(url).ShouldNotContain("SECRET");
        UrlCredentials.Remove(url).ShouldNotContain("SECRET");
    });
}
