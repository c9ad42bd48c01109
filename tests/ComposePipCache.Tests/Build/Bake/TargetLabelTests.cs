using ComposePipCache.Build.Bake;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Bake;

public class TargetLabelTests
{
    [Theory]
    [InlineData("web", "shop-web", "shop/web")]
    [InlineData("web", "shop_web", "shop/web")]
    [InlineData("web", "docker.io/library/shop-web:latest", "shop/web")]
    [InlineData("web", "my-shop-web", "my-shop/web")]
    [InlineData("web", "example.org:5000/team/api:1.0", "web")]
    [InlineData("web", "web", "web")]
    [InlineData("web", "-web", "web")]
    [InlineData("web", "cobweb", "web")]
    [InlineData("web", "api other-web", "other/web")]
    [InlineData("web", "", "web")]
    public void A_target_is_called_by_its_project_where_its_image_tells(string name, string tags, string label)
    {
        var target = new BakeTarget
        {
            Name = name,
            Tags = tags.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        };

        TargetLabel.Of(target).ShouldBe(label);
    }
}
