using YamlDotNet.RepresentationModel;
using YamlDocument = ComposePipCache.Cli.Settings.Yaml.YamlDocument;

namespace ComposePipCache.Cli.Commands.Fetch;

/// <summary>Reads services out of a model as <c>docker compose config</c> prints it.</summary>
internal static class ModelReader
{
    /// <summary>Every service in it, in its order.</summary>
    public static IReadOnlyList<ModelService> Parse(string yaml)
    {
        var model = YamlDocument.Parse(yaml, "the model of docker compose");
        var services = YamlDocument.Find(model, "services") as YamlMappingNode ?? [];
        return [.. services.Children.Select(Read)];
    }

    private static ModelService Read(KeyValuePair<YamlNode, YamlNode> service) =>
        Read(((YamlScalarNode)service.Key).Value!, service.Value as YamlMappingNode ?? []);

    private static ModelService Read(string name, YamlMappingNode service) => new(name)
    {
        Image = Text(service, "image"),
        IsBuilt = YamlDocument.Find(service, "build") is { } build && !YamlDocument.IsNull(build),
        IsProvided = YamlDocument.Find(service, "provider") is not null,
        Platform = Text(service, "platform"),
        PullPolicy = Text(service, "pull_policy"),
        MoreImages =
        [
            .. Items(service, "volumes")
                .Where(volume => Text(volume, "type") == "image")
                .Select(volume => Text(volume, "source"))
                .Concat(Items(service, "pre_start").Select(hook => Text(hook, "image")))
                .OfType<string>()
                .Distinct(),
        ],
    };

    private static IEnumerable<YamlMappingNode> Items(YamlMappingNode service, string key) =>
        (YamlDocument.Find(service, key) as YamlSequenceNode)?.OfType<YamlMappingNode>() ?? [];

    // Compose doubles what it would otherwise take for the start of a variable.
    private static string? Text(YamlMappingNode mapping, string key) =>
        YamlDocument.Find(mapping, key) is YamlScalarNode { Value: { Length: > 0 } text }
            ? text.Replace("$$", "$", StringComparison.Ordinal)
            : null;
}
