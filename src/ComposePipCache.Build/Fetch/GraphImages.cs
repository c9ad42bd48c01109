using ComposePipCache.Build.Engine;
using ComposePipCache.Protocol.Llb;
using Google.Protobuf;

namespace ComposePipCache.Build.Fetch;

/// <summary>Finds the images that a build graph starts from.</summary>
internal static class GraphImages
{
    private const string Scheme = "docker-image://";

    /// <summary>Each image once, in the order of the graph.</summary>
    /// <remarks>
    /// The frontend writes the digest that a tag stands for now into the graph. A later build asks the store for what
    /// the author wrote; so a digest counts only where it stands in the Dockerfile, an argument or a context.
    /// </remarks>
    /// <param name="definition">As the frontend gave it.</param>
    /// <param name="options">What the frontend was given: arguments and contexts among them.</param>
    public static IReadOnlyList<WantedImage> Of(Definition definition, IEnumerable<string> options)
    {
        string[] texts = [.. definition.Source?.Infos.Select(info => info.Data.ToStringUtf8()) ?? [], .. options];
        return
        [
            .. definition.Def.Select(ImageOf).OfType<WantedImage>()
                .Select(image => AsWritten(image, texts))
                .Distinct(),
        ];
    }

    private static WantedImage? ImageOf(ByteString bytes)
    {
        var op = Op.Parser.ParseFrom(bytes);
        return op.OpCase == Op.OpOneofCase.Source && op.Source.Identifier.StartsWith(Scheme, StringComparison.Ordinal)
            ? new WantedImage(
                ImageName.Parse(op.Source.Identifier[Scheme.Length..]),
                op.Platform is { OS.Length: > 0 } platform
                    ? new ImagePlatform(platform.OS, platform.Architecture, platform.Variant)
                    : null)
            : null;
    }

    private static WantedImage AsWritten(WantedImage image, string[] texts)
    {
        var isPinned = image.Name is not { Tag: not null, Digest: { } digest }
            || texts.Any(text => text.Contains(digest, StringComparison.Ordinal));
        return isPinned ? image : image with { Name = image.Name with { Digest = null } };
    }
}
