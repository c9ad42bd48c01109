using System.Text;
using System.Text.Json;
using ComposePipCache.Protocol.Gateways;
using ComposePipCache.Protocol.Llb;

namespace ComposePipCache.Build.Bake;

/// <summary>Puts the graph of one target into the frontend's inputs for another.</summary>
/// <remarks>
/// The option <c>context:NAME=input:KEY</c> names the input, and <c>input-metadata:KEY</c> carries the image
/// configuration, so that FROM gets its environment and user (buildx build/build.go, waitContextDeps).
/// </remarks>
internal static class LinkedContexts
{
    private const string ImageConfig = "containerimage.config";

    /// <summary>Adds one context.</summary>
    /// <exception cref="PipCacheException">The other target has several platforms.</exception>
    public static void Add(SolveRequest request, string context, string target, Result result)
    {
        if (result.ResultCase == Result.ResultOneofCase.Refs)
        {
            throw BakeErrors.Unsupported(target, "platforms", "several platforms in a target used as a context");
        }

        request.FrontendOpt["context:" + context] = "input:" + target;
        request.FrontendInputs[target] = result.Ref?.Def ?? new Definition();
        if (result.Metadata.TryGetValue(ImageConfig, out var config))
        {
            request.FrontendOpt["input-metadata:" + target] = Metadata(config.Span);
        }
    }

    private static string Metadata(ReadOnlySpan<byte> config)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteBase64String(ImageConfig, config);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
