using ComposePipCache.Build;
using ComposePipCache.Cli.Errors;
using YamlDotNet.RepresentationModel;

namespace ComposePipCache.Cli.Settings.Yaml;

/// <summary>Finds our settings in a model as <c>docker compose config</c> prints it.</summary>
internal static class ProjectModel
{
    public const string Key = "x-pipcache";

    private static readonly string[] ServiceKeys = [SettingKeys.Enabled];

    public static ProjectSettings Parse(string yaml, SettingPlace place)
    {
        var root = YamlDocument.Parse(yaml, place.File!);
        var options = YamlDocument.Find(root, Key) is { } node
            ? Read(node, Key, SettingKeys.Names, place)
            : new PipCacheOptions();
        var services = YamlDocument.Find(root, "services") as YamlMappingNode ?? [];
        return new ProjectSettings(
            options, [.. services.Children.Select(service => ReadService(service, place)).OfType<BuiltService>()]);
    }

    private static BuiltService? ReadService(KeyValuePair<YamlNode, YamlNode> service, SettingPlace place)
    {
        var name = ((YamlScalarNode)service.Key).Value!;
        var definition = service.Value as YamlMappingNode;
        if (YamlDocument.Find(definition, Key) is not null)
        {
            throw new PipCacheException(CliErrors.MisplacedSettings($"services.{name}", place.File));
        }

        if (YamlDocument.Find(definition, "build") is not YamlMappingNode build)
        {
            return null;
        }

        var isDisabled = YamlDocument.Find(build, Key) is { } node
            ? Read(node, $"services.{name}.build.{Key}", ServiceKeys, place).IsDisabled
            : null;
        return new BuiltService(name, !isDisabled);
    }

    // Compose doubles what it would otherwise take for the start of a variable.
    private static PipCacheOptions Read(
        YamlNode node, string path, IReadOnlyList<string> allowed, SettingPlace place) =>
        new SettingsMapping($"{path}.", place, text => text.Replace("$$", "$", StringComparison.Ordinal))
            .Read(node, allowed);
}
