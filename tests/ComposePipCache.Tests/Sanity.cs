using ComposePipCache.Protocol.Llb;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests;

public class Sanity
{
    [Fact]
    public void An_empty_op_has_no_bytes() => new Op().CalculateSize().ShouldBe(0);
}
