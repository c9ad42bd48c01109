using System.Net;
using ComposePipCache.Build.Resolve.Origins;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Resolve;

public class OriginAddressTests
{
    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.8.9.10", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:169.254.1.1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("10.0.0.1", true)]
    [InlineData("192.168.1.20", true)]
    [InlineData("151.101.0.223", true)]
    [InlineData("2a04:4e42::223", true)]
    [InlineData("fd00::1", true)]
    public void What_listens_on_this_machine_alone_is_not_outside(string address, bool expected) =>
        OriginAddress.IsOutside(IPAddress.Parse(address)).ShouldBe(expected);
}
