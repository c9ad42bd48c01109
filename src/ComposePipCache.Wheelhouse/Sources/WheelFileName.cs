using System.Buffers;

namespace ComposePipCache.Wheelhouse.Sources;

/// <summary>The parts of a wheel's file name that its metadata must agree with.</summary>
internal sealed record WheelFileName(string Name, string Version)
{
    private const string Ending = ".whl";
    private const int Parts = 5;

    private static readonly SearchValues<char> TagCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.");

    /// <summary>Null for a name that pip passes over, as a browser's <c>foo-1.0-py3-none-any (1).whl</c>.</summary>
    public static WheelFileName? TryParse(string fileName)
    {
        var parts = fileName[..^Ending.Length].Split('-');
        var hasBuild = parts.Length == Parts + 1;
        var isName = (hasBuild || parts.Length == Parts)
            && parts.All(part => part.Length > 0)
            && char.IsAsciiDigit(parts[1][0])
            && (!hasBuild || char.IsAsciiDigit(parts[2][0]))
            && parts[^3..].All(tag => !tag.AsSpan().ContainsAnyExcept(TagCharacters));
        return isName ? new WheelFileName(parts[0], parts[1]) : null;
    }
}
