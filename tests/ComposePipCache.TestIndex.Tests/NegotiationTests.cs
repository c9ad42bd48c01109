using ComposePipCache.TestIndex.Pages;

namespace ComposePipCache.TestIndex.Tests;

public class NegotiationTests
{
    private const string Json = "application/vnd.pypi.simple.v1+json";
    private const string Html = "application/vnd.pypi.simple.v1+html";

    [Theory]
    [InlineData(null, PageFormat.Html)]
    [InlineData("", PageFormat.Html)]
    [InlineData("*/*", PageFormat.Html)]
    [InlineData("text/html", PageFormat.Html)]
    [InlineData("text/*", PageFormat.Html)]
    [InlineData("application/*", PageFormat.HtmlV1)]
    [InlineData("image/png", PageFormat.Html)]
    [InlineData(Json, PageFormat.JsonV1)]
    [InlineData(Html, PageFormat.HtmlV1)]
    [InlineData("application/vnd.pypi.simple.latest+json", PageFormat.JsonV1)]
    [InlineData($"{Json}, {Html};q=0.1, text/html;q=0.01", PageFormat.JsonV1)]
    [InlineData($"{Json};q=0.1, {Html};q=0.2, text/html;q=0.05", PageFormat.HtmlV1)]
    [InlineData($"{Json};q=0, */*;q=0.1", PageFormat.Html)]
    [InlineData($"{Json}, text/html", PageFormat.Html)]
    [InlineData($"{Json};Q=0.9 , text/html;q=0.8", PageFormat.JsonV1)]
    [InlineData($"{Json};q=broken, text/html;q=0.1", PageFormat.Html)]
    public void The_best_quality_wins_and_plain_html_is_the_fallback(string? accept, object expected)
    {
        Negotiation.Choose(accept, format: null).ShouldBe((PageFormat)expected);
    }

    [Theory]
    [InlineData(Json, PageFormat.JsonV1)]
    [InlineData("text/html", PageFormat.Html)]
    [InlineData("nonsense", PageFormat.HtmlV1)]
    public void A_format_in_the_query_beats_the_accept_field_if_it_is_one(string format, object expected)
    {
        Negotiation.Choose(Html, format).ShouldBe((PageFormat)expected);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("identity", false)]
    [InlineData("gzip", true)]
    [InlineData("deflate, GZIP;q=0.5", true)]
    [InlineData("gzip;q=0", false)]
    public void Gzip_is_used_when_the_client_takes_it(string? accept, bool expected)
    {
        Negotiation.AcceptsGzip(accept).ShouldBe(expected);
    }
}
