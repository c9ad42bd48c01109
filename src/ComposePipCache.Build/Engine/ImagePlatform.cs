namespace ComposePipCache.Build.Engine;

/// <summary>What an image runs on.</summary>
/// <param name="Os">Such as <c>linux</c>.</param>
/// <param name="Architecture">Such as <c>arm64</c>, in Go's words.</param>
/// <param name="Variant">Such as <c>v7</c>, or empty.</param>
public sealed record ImagePlatform(string Os, string Architecture, string Variant = "")
{
    /// <summary>Whether an image of the other platform is one of this; a variant counts where both are told.</summary>
    public bool Matches(ImagePlatform other) =>
        Os == other.Os
        && Architecture == other.Architecture
        && (Usual == other.Usual || Variant.Length == 0 || other.Variant.Length == 0);

    /// <summary>Reads <c>linux/arm/v7</c>.</summary>
    public static ImagePlatform Parse(string text)
    {
        var parts = text.Split('/');
        return new ImagePlatform(parts[0], parts.ElementAtOrDefault(1) ?? "", parts.ElementAtOrDefault(2) ?? "");
    }

    public override string ToString() => Variant.Length > 0 ? $"{Os}/{Architecture}/{Variant}" : $"{Os}/{Architecture}";

    // containerd platforms/database.go: v8 is what arm64 means.
    private string Usual => (Architecture, Variant) is ("arm64", "v8") ? "" : Variant;
}
