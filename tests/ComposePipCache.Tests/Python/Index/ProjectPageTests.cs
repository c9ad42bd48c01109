using System.Text;
using ComposePipCache.Python.Index;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Index;

public class ProjectPageTests
{
    private const string Html = "text/html; charset=utf-8";
    private const string Json = "application/vnd.pypi.simple.v1+json";

    private static readonly Uri Page = new("https://index.example/root/simple/alpha/");

    private static readonly string[] Pieces =
    [
        "<a", "<a href=", "\"", "'", ">", "</a>", "alpha-1.0-py3-none-any.whl", "alpha-1.0.tar.gz", "#sha256=",
        "&amp;", "&#", " ", "\n", "<!--", "-->", "<script", "</script>",
        "<base href=", "https://h/", "../../", "..%2F", "%", "/",
        "data-yanked", "data-core-metadata=", "=", "<", "\0", "é", "\ud800", "//", "http://[", "{\"files\":[",
        "{\"url\":",
    ];

    [Theory]
    [InlineData("pypi.html", Html)]
    [InlineData("relative.html", "application/vnd.pypi.simple.v1+html")]
    [InlineData("odd.html", "text/html")]
    [InlineData("page.json", Json)]
    public void A_page_is_read_as_pip_reads_it(string name, string contentType)
    {
        var body = File.ReadAllBytes(Fixtures.Folder($"Pages/{name}"));

        var files = ProjectPage.Parse(body, contentType, Page);

        var expected = File.ReadAllLines(Fixtures.Folder($"Pages/{name}.expected"));
        files.Select(Show).ShouldBe(expected.Select(Canonical));
    }

    [Fact]
    public void Names_that_could_leave_a_folder_are_dropped()
    {
        Names("<a href='..%2F..%2Fetc%2Fx.whl'><a href='a/%2Ehidden.whl'><a href='x%00.whl'><a href='-r.tar.gz'>")
            .ShouldBeEmpty();
        Names("<a href='..%5Cx.whl'><a href='C:x.whl'><a href='good-1.0.tar.gz'>").ShouldBe(["good-1.0.tar.gz"]);
    }

    [Fact]
    public void Links_to_other_places_than_web_servers_are_dropped()
    {
        Names("<a href='file:///etc/a-1.0.tar.gz'><a href='ftp://h/a-1.0.tar.gz'><a href='data:,a-1.0.tar.gz'>")
            .ShouldBeEmpty();
    }

    [Fact]
    public void Credentials_of_the_page_stay_with_its_own_links()
    {
        var page = new Uri("https://user:secret@index.example/simple/alpha/");

        var files = ProjectPage.Parse(
            "<a href='../../a-1.0.tar.gz'><a href='https://other.example/a-1.1.tar.gz'>"u8.ToArray(), Html, page);

        files[0].Url.AbsoluteUri.ShouldBe("https://user:secret@index.example/a-1.0.tar.gz");
        files[1].Url.AbsoluteUri.ShouldBe("https://other.example/a-1.1.tar.gz");
        files[0].ToString().ShouldNotContain("secret");
    }

    [Fact]
    public void Metadata_lies_beside_its_wheel()
    {
        var text = $"<a href='a-1.0%2Bx-py3-none-any.whl#sha256={new string('0', 64)}' data-core-metadata='true'>";

        var file = ProjectPage.Parse(Encoding.UTF8.GetBytes(text), Html, Page).ShouldHaveSingleItem();

        file.MetadataUrl!.AbsoluteUri.ShouldBe(
            "https://index.example/root/simple/alpha/a-1.0%2Bx-py3-none-any.whl.metadata");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/octet-stream")]
    [InlineData("")]
    public void Other_types_are_no_pages(string contentType)
    {
        ProjectPage.Parse("<a href='a-1.0.tar.gz'>"u8.ToArray(), contentType, Page).ShouldBeEmpty();
    }

    [Fact]
    public void Text_is_read_by_its_charset()
    {
        var latin = Encoding.Latin1.GetBytes("<a href='a-1.0.tar.gz' data-requires-python='\u00e9'>");

        ProjectPage.Parse(latin, "text/html; charset=\"ISO-8859-1\"", Page)[0].RequiresPython.ShouldBe("\u00e9");
        ProjectPage.Parse(latin, "text/html; charset=nonsense", Page)[0].RequiresPython.ShouldBe("\ufffd");
    }

    [Fact]
    public void Half_a_page_of_JSON_is_none()
    {
        var body = File.ReadAllBytes(Fixtures.Folder("Pages/page.json"));

        ProjectPage.Parse(body.AsMemory(0, body.Length - 20), Json, Page).ShouldBeEmpty();
        ProjectPage.Parse((byte[])[0xef, 0xbb, 0xbf, .. body], Json, Page).Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"files\": {}}")]
    [InlineData("{\"files\": [null, 1, [], {\"url\": 3}, {\"url\": null}]}")]
    [InlineData("{\"files\": [{\"url\": \"\\ud800\"}]}")]
    public void JSON_of_another_shape_has_no_files(string text)
    {
        ProjectPage.Parse(Encoding.UTF8.GetBytes(text), Json, Page).ShouldBeEmpty();
    }

    [Fact]
    public void Members_of_another_type_are_taken_as_absent()
    {
        var text = """
            {"files": [{"url": "a-1.0.tar.gz", "hashes": [], "requires-python": 3, "yanked": 0,
              "core-metadata": "x", "size": -1}]}
            """;

        ProjectPage.Parse(Encoding.UTF8.GetBytes(text), Json, Page).ShouldHaveSingleItem()
            .ShouldBe(new IndexFile { FileName = "a-1.0.tar.gz", Url = new Uri(Page, "a-1.0.tar.gz") });
    }

    [Fact]
    public void What_is_written_into_a_page_is_read_from_it()
    {
        var digest = Gen.Char["0123456789abcdef"].Array[64].Select(letters => new string(letters));
        var requires = Gen.String[Gen.Char["<>=!~., 0123456789'\"&;é"], 0, 12].Select(text => text.Trim());
        Gen.Select(Gen.Int[0, 999], digest, requires, Gen.Bool, Gen.Bool).Array[0, 20].Sample(entries =>
        {
            var html = string.Concat(entries.Select(entry =>
                $"<a href=\"f/a-{entry.Item1}.tar.gz#sha256={entry.Item2}\" data-requires-python=\""
                + $"{System.Net.WebUtility.HtmlEncode(entry.Item3)}\"{(entry.Item4 ? " data-yanked=\"\"" : "")}"
                + $"{(entry.Item5 ? $" data-core-metadata=\"sha256={entry.Item2}\"" : "")}>x</a>\n"));
            var json = "{\"files\":[" + string.Join(',', entries.Select(entry =>
                $"{{\"url\":\"f/a-{entry.Item1}.tar.gz\",\"hashes\":{{\"sha256\":\"{entry.Item2}\"}},"
                + $"\"requires-python\":\"{System.Text.Json.JsonEncodedText.Encode(entry.Item3)}\","
                + $"\"yanked\":{(entry.Item4 ? "true" : "false")},"
                + $"\"core-metadata\":{(entry.Item5 ? $"{{\"sha256\":\"{entry.Item2}\"}}" : "false")}}}")) + "]}";
            var expected = entries.Select(entry => new IndexFile
            {
                FileName = $"a-{entry.Item1}.tar.gz",
                Url = new Uri(Page, $"f/a-{entry.Item1}.tar.gz"),
                Sha256 = entry.Item2,
                RequiresPython = entry.Item3.Length == 0 ? null : entry.Item3,
                IsYanked = entry.Item4,
                HasMetadata = entry.Item5,
                MetadataSha256 = entry.Item5 ? entry.Item2 : null,
            });

            ProjectPage.Parse(Encoding.UTF8.GetBytes(html), Html, Page).ShouldBe(expected);
            ProjectPage.Parse(Encoding.UTF8.GetBytes(json), Json, Page).ShouldBe(expected);
        });
    }

    [Fact]
    public void Any_bytes_are_read_without_an_error()
    {
        var plausible = Gen.Int[0, Pieces.Length - 1].Select(index => Pieces[index]).Array[0, 40]
            .Select(pieces => Encoding.UTF8.GetBytes(string.Concat(pieces)));
        Gen.Select(Gen.OneOf(Gen.Byte.Array[0, 200], plausible), Gen.Bool).Sample((body, isJson) =>
        {
            foreach (var file in ProjectPage.Parse(body, isJson ? Json : Html, Page))
            {
                ComposePipCache.Python.Wheels.FileName.IsSafe(file.FileName).ShouldBeTrue();
                file.Url.IsAbsoluteUri.ShouldBeTrue();
                _ = file.MetadataUrl;
            }
        });
    }

    private static IEnumerable<string> Names(string html) =>
        ProjectPage.Parse(Encoding.UTF8.GetBytes(html), Html, Page).Select(file => file.FileName);

    private static string Show(IndexFile file) => string.Join(
        '\t', file.FileName, file.Url.AbsoluteUri, file.Sha256 ?? "-", file.RequiresPython ?? "-",
        file.IsYanked ? "yanked" : "-", file.HasMetadata ? $"metadata={file.MetadataSha256 ?? "-"}" : "-");

    // host names and ports have one spelling here and any in pip's
    private static string Canonical(string line)
    {
        var fields = line.Split('\t');
        fields[1] = new Uri(fields[1]).AbsoluteUri;
        return string.Join('\t', fields);
    }
}
