using ComposePipCache.BuildKit.Session.FileSync;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.BuildKit.FileSync;

public class DirectoryRequestTests
{
    [Fact]
    public void Repeated_values_stay_apart_even_with_commas_in_them()
    {
        var request = DirectoryRequest.FromHeaders(new HeaderDictionary
        {
            ["dir-name"] = "context",
            ["exclude-patterns"] = new[] { "a,b", "!c" },
            ["include-patterns"] = "Dockerfile",
            ["followpaths"] = new[] { "src", "app/*" },
        });

        request.Name.ShouldBe("context");
        request.ExcludePatterns.ShouldBe(["a,b", "!c"]);
        request.IncludePatterns.ShouldBe(["Dockerfile"]);
        request.FollowPaths.ShouldBe(["src", "app/*"]);
    }

    [Fact]
    public void Without_metadata_everything_is_wanted()
    {
        var request = DirectoryRequest.FromHeaders(new HeaderDictionary());

        request.Name.ShouldBe("");
        request.ExcludePatterns.ShouldBeEmpty();
        request.IncludePatterns.ShouldBeEmpty();
        request.FollowPaths.ShouldBeEmpty();
    }

    [Fact]
    public void Values_are_unescaped_only_when_they_are_marked()
    {
        var request = DirectoryRequest.FromHeaders(new HeaderDictionary
        {
            ["exclude-patterns"] = new[] { "caf%C3%A9+x%2B", "%zz", "100%25", "b%E9" },
            ["exclude-patterns-encoded"] = "1",
            ["include-patterns"] = "a+b%20c",
        });

        request.ExcludePatterns.ShouldBe(["café x+", "", "100%", "b\uDCE9"]);
        request.IncludePatterns.ShouldBe(["a+b%20c"]);
    }
}
