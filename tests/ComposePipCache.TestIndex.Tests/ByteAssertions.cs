namespace ComposePipCache.TestIndex.Tests;

internal static class ByteAssertions
{
    /// <summary>As ShouldBe, but quick for megabytes and brief when it fails.</summary>
    public static void ShouldBeBytes(this byte[] actual, byte[] expected)
    {
        var same = actual.AsSpan().CommonPrefixLength(expected);
        (actual.Length, same).ShouldBe((expected.Length, expected.Length), "length and place of the first difference");
    }
}
