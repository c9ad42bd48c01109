using System.Text;
using ComposePipCache.Build;
using ComposePipCache.Build.Bake;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Bake;

public class BakeSecretsTests
{
    private static readonly BakeTarget Target = new() { Name = "web", Secrets = ["id=token,type=env,env=TOKEN"] };

    [Fact]
    public async Task A_variable_that_is_not_set_is_no_secret()
    {
        var secrets = new BakeSecrets(Target, new EnvironmentSnapshot([], "/"));

        (await secrets.FindAsync("token", TestContext.Current.CancellationToken)).HasValue.ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("s3cr3t")]
    public async Task A_variable_is_a_secret_as_it_is(string value)
    {
        var secrets = new BakeSecrets(Target, new EnvironmentSnapshot([new("TOKEN", value)], "/"));

        var secret = await secrets.FindAsync("token", TestContext.Current.CancellationToken);

        Encoding.UTF8.GetString(secret.ShouldNotBeNull().Span).ShouldBe(value);
    }
}
