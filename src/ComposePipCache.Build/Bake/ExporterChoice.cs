using ComposePipCache.Protocol.Controls;

namespace ComposePipCache.Build.Bake;

/// <summary>Chooses what BuildKit does with a finished image.</summary>
internal static class ExporterChoice
{
    /// <summary>The engine's own exporter: right on both image stores, unlike <c>image</c> and <c>docker</c>.</summary>
    private const string Engine = "moby";

    /// <summary>Null leaves the result in the build cache.</summary>
    /// <exception cref="PipCacheException">The output is one that is not supported yet.</exception>
    public static Exporter? For(BakeTarget target)
    {
        var output = target.Outputs switch
        {
            [] => "type=docker",
            [var only] => only,
            _ => throw BakeErrors.Unsupported(target.Name, "output", string.Join(" ", target.Outputs)),
        };
        var options = new CsvOptions(output);
        if (options["type"] is "registry" || options["push"] is "true")
        {
            throw BakeErrors.Unsupported(target.Name, "push", output);
        }

        if (options.Fields.Any(field => field is not { Key: "type" } and not { Key: "push", Value: "false" }))
        {
            throw BakeErrors.Unsupported(target.Name, "output", output);
        }

        return options["type"] switch
        {
            "docker" or "image" => new Exporter
            {
                Type = Engine,
                Attrs = { { "name", string.Join(',', target.Tags) } },
            },
            "cacheonly" => null,
            _ => throw BakeErrors.Unsupported(target.Name, "output", output),
        };
    }
}
