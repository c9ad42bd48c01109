using ComposePipCache.Python.Index;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Index;

public class CoreMetadataTests
{
    [Fact]
    public void Requirements_are_read_from_the_head_alone()
    {
        var text = "Metadata-Version: 2.1\r\nName: x\r\nRequires-Dist: a (>=1.0,<2) ; extra == 'dev'\r\n"
            + "requires-dist: B.c[x]>=2;\r\n python_version < '3'\r\nSummary: Requires-Dist: no\r\n\r\n"
            + "Requires-Dist: below\r\n";

        CoreMetadata.Parse(text).Requires.Select(requirement => requirement.ToString())
            .ShouldBe(["a<2,>=1.0 ; extra == \"dev\"", "b-c[x]>=2 ; python_version < \"3\""]);
    }

    [Fact]
    public void Any_text_is_read_without_an_error()
    {
        Gen.String.Sample(text =>
        {
            CoreMetadata.Parse(text).Requires.ShouldNotBeNull();
            CoreMetadata.Parse($"Requires-Dist: {text}").Requires.ShouldNotBeNull();
        });
    }
}
