using System.Net;
using ComposePipCache.TestIndex.Catalog;

namespace ComposePipCache.TestIndex.Tests;

public class CommandLineTests
{
    [Fact]
    public void All_arguments_are_understood()
    {
        var options = CommandLine.Parse(
        [
            "--wheels", "/a", "--wheels", "/b", "--listen", "0.0.0.0:80", "--listen-tls", "127.0.0.1:443",
            "--control", "127.0.0.1:81", "--tls-name", "index", "--files-url", "http://files/", "--private", "a:b",
            "--digests", "/d", "--no-long-pages",
        ]);

        options.WheelFolders.ShouldBe(["/a", "/b"]);
        options.Listen.ShouldBe(new IPEndPoint(IPAddress.Any, 80));
        options.ListenTls.ShouldBe(new IPEndPoint(IPAddress.Loopback, 443));
        options.Control.ShouldBe(new IPEndPoint(IPAddress.Loopback, 81));
        options.TlsNames.ShouldBe(["index"]);
        options.FilesUrl.ShouldBe("http://files");
        options.PrivateCredentials.ShouldBe("a:b");
        options.DigestFile.ShouldBe("/d");
        options.Histories.ShouldBeEmpty();
    }

    [Fact]
    public void Digests_are_kept_in_the_first_folder_and_pages_are_long()
    {
        var options = CommandLine.Parse(["--wheels", "/a", "--wheels", "/b"]);

        options.DigestFile.ShouldBe("/a/.index-digests.json");
        options.Histories.ShouldBe(ReleaseHistory.LongPages);
    }

    [Theory]
    [InlineData("--wheels")]
    [InlineData("--nonsense")]
    [InlineData("--listen", "nowhere")]
    public void A_bad_argument_is_an_error(params string[] arguments)
    {
        Should.Throw<FormatException>(() => CommandLine.Parse(arguments));
    }
}
