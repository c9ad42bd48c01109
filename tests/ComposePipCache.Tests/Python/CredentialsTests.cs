using ComposePipCache.Python.Text;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python;

public class CredentialsTests
{
    [Theory]
    [InlineData("https://user:secret@host/x", "https://****@host/x")]
    [InlineData("https://user:****@host/x", "https://****@host/x")]
    [InlineData("at https://t0ken@host and http://u:p@w@other:80/, ok", "at https://****@host and http://****@other:80/, ok")]
    [InlineData("https://host/a@b", "https://host/a@b")]
    [InlineData("https://host?q=a@b", "https://host?q=a@b")]
    [InlineData("git+ssh://git@host/x.git@main", "git+ssh://****@host/x.git@main")]
    [InlineData("mail me@host", "mail me@host")]
    [InlineData("://", "://")]
    public void Users_and_passwords_are_hidden(string text, string hidden)
    {
        Credentials.Hide(text).ShouldBe(hidden);
        Credentials.Remove(text).ShouldBe(hidden.Replace("****@", ""));
    }

    [Fact]
    public void No_password_survives_whatever_surrounds_it()
    {
        var letters = Gen.Char["abc/:@?#'\" .<>`\n"];
        Gen.Select(Gen.String[letters, 0, 12], Gen.String[letters, 0, 12]).Sample((before, after) =>
        {
            var text = $"{before} https://user:Zzyzx@host/{after}";

            Credentials.Hide(text).ShouldNotContain("Zzyzx");
            Credentials.Remove(Credentials.Hide(text)).ShouldBe(Credentials.Remove(text));
        });
    }
}
