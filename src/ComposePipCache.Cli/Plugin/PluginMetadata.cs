using ComposePipCache.Cli.Output;

namespace ComposePipCache.Cli.Plugin;

/// <summary>What the docker command line, or compose, is told when it asks who we are.</summary>
internal static class PluginMetadata
{
    public const string Request = "docker-cli-plugin-metadata";

    private const string Resource = "docker-cli-plugin-metadata.json";

    /// <summary>As the builder we speak what buildx of this version speaks; compose wants 0.17 or newer.</summary>
    private static ReadOnlySpan<byte> Builder =>
        """
        {
          "SchemaVersion": "0.1.0",
          "Vendor": "docker pipcache authors",
          "Version": "v0.29.1+pipcache",
          "ShortDescription": "Docker Buildx, as docker pipcache offers it to compose"
        }

        """u8;

    public static void Answer(ProcessRole role, IOutput output)
    {
        if (role is ProcessRole.Builder)
        {
            output.Data(Builder);
            return;
        }

        output.Data(ReadResource());
    }

    /// <summary>The embedded document, version and all.</summary>
    public static byte[] ReadResource()
    {
        using var resource = typeof(PluginMetadata).Assembly.GetManifestResourceStream(Resource)!;
        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }
}
