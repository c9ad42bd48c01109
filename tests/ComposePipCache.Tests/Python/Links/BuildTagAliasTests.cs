using ComposePipCache.Python.Links;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Links;

public sealed class BuildTagAliasTests
{
    [Theory]
    [InlineData("foo-1.0-py3-none-any.whl", "foo-1.0-0-py3-none-any.whl")]
    [InlineData("foo-1.0-1-py3-none-any.whl", "foo-1.0-1pc-py3-none-any.whl")]
    [InlineData("foo-1.0-2local-py3-none-any.whl", "foo-1.0-2localpc-py3-none-any.whl")]
    [InlineData("torch-2.5.1+cu121-cp311-cp311-linux_x86_64.whl", "torch-2.5.1+cu121-0-cp311-cp311-linux_x86_64.whl")]
    [InlineData("foo-1.0.tar.gz", "foo-1.0.tar.gz")]
    [InlineData("not-a-wheel.whl", "not-a-wheel.whl")]
    public void A_wheel_gets_a_tag_and_gives_it_back(string name, string alias)
    {
        BuildTagAlias.Of(name).ShouldBe(alias);
        BuildTagAlias.Reverse(alias).ShouldBe(name);
    }
}
