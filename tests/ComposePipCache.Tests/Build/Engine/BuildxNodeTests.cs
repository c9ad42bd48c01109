using ComposePipCache.Build.Engine;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Engine;

public sealed class BuildxNodeTests : IDisposable
{
    private readonly DockerHome _home = new();

    public void Dispose() => _home.Dispose();

    private string Read() => BuildxNode.ReadId(_home.Config, _home.Environment, _home.At("cache"));

    [Fact]
    public void The_id_of_buildx_is_taken()
    {
        _home.Write(".docker/buildx/.buildNodeID", "0123456789abcdef\n");

        Read().ShouldBe("0123456789abcdef");
        Directory.Exists(_home.At("cache")).ShouldBeFalse();
    }

    [Fact]
    public void A_folder_named_by_the_variable_wins()
    {
        _home.Write(".docker/buildx/.buildNodeID", "one");
        _home.Write("moved/.buildNodeID", "two");

        _home.Set("BUILDX_CONFIG", "moved");

        Read().ShouldBe("two");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_an_id_of_buildx_ours_is_made_once_and_kept(bool isEmptyFileThere)
    {
        if (isEmptyFileThere)
        {
            _home.Write(".docker/buildx/.buildNodeID", "");
        }

        var first = Read();

        first.ShouldMatch("^[0-9a-f]{16}$");
        Read().ShouldBe(first);
        Directory.GetFiles(_home.At("cache")).ShouldBe([_home.At("cache", ".buildNodeID")]);
    }

    [Fact]
    public void Many_at_once_agree_on_one_id()
    {
        var ids = new string[16];
        Parallel.For(0, ids.Length, index => ids[index] = Read());

        ids.Distinct().Count().ShouldBe(1);
        Directory.GetFiles(_home.At("cache")).Length.ShouldBe(1);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_does_no_harm()
    {
        _home.Write("cache", "a file where the folder should be");

        Read().ShouldMatch("^[0-9a-f]{16}$");
    }
}
