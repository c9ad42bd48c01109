using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ComposePipCache.Python.Links;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Links;

public sealed partial class LinksPageTests
{
    [Fact]
    public void Every_name_comes_back_out_of_the_page() =>
        Gen.String[Gen.Char[(char)33, (char)0xD7FF], 1, 60].Array[1, 5].Sample(names =>
        {
            var files = names.Distinct().Select(name => (name, new string('a', 64))).ToList();

            var page = Encoding.UTF8.GetString(LinksPage.Write(files));

            Link().Matches(page).Select(link => Uri.UnescapeDataString(WebUtility.HtmlDecode(link.Groups["href"].Value)))
                .ShouldBe(files.Select(file => file.name), ignoreOrder: true);
        });

    [Fact]
    public void The_order_of_the_files_does_not_matter()
    {
        (string, string)[] files = [("b-1-py3-none-any.whl", "2"), ("a-1-py3-none-any.whl", "1")];

        LinksPage.Write(files).ShouldBe(LinksPage.Write(files.Reverse()));
    }

    [Fact]
    public void Each_link_carries_its_hash() =>
        Encoding.UTF8.GetString(LinksPage.Write([("a+b-1-py3-none-any.whl", "abc123")]))
            .ShouldContain("href=\"./a%2Bb-1-py3-none-any.whl#sha256=abc123\"");

    [Fact]
    public void A_page_elsewhere_names_the_folder() =>
        Encoding.UTF8.GetString(LinksPage.Write([("a+b-1-py3-none-any.whl", "abc123")], "file:///wheels/"))
            .ShouldContain("href=\"file:///wheels/a%2Bb-1-py3-none-any.whl#sha256=abc123\"");

    [GeneratedRegex("<a href=\"\\./(?<href>[^\"#]*)#sha256=[^\"]*\">", RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
