using System.Globalization;
using Grpc.Core;

namespace ComposePipCache.FakeDaemon.Sessions;

/// <summary>
/// Headers that are sent as one field per value, as Go does; .NET's client would join them into one field.
/// </summary>
/// <remarks>Each value gets a name of its own here; <see cref="RepeatingStream"/> takes the number off on the wire.</remarks>
internal static class HeaderFields
{
    public const string Prefix = "x-repeated.";

    public static void Add(Metadata headers, string name, IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            headers.Add(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{headers.Count}.{name}"), value);
        }
    }

    /// <summary>The name as it goes onto the wire.</summary>
    public static ReadOnlySpan<byte> Restore(ReadOnlySpan<byte> name)
    {
        if (!name.StartsWith("x-repeated."u8))
        {
            return name;
        }

        var numbered = name[Prefix.Length..];
        return numbered[(numbered.IndexOf((byte)'.') + 1)..];
    }
}
