using ComposePipCache.Build;
using ComposePipCache.Cli.Errors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ComposePipCache.Cli.Settings.Yaml;

/// <summary>Reads YAML as nodes: binding it to types takes reflection.</summary>
internal static class YamlDocument
{
    /// <summary>The mapping at the top; an empty one for an empty document.</summary>
    public static YamlMappingNode Parse(string text, string file)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents is [] ? [] : Mapping(stream.Documents[0].RootNode)
                ?? throw new PipCacheException(CliErrors.SettingsInvalid(file, "it is no mapping"));
        }
        catch (YamlException error)
        {
            throw new PipCacheException(
                CliErrors.SettingsInvalid(file, $"line {error.Start.Line}: {error.Message.TrimEnd('.')}"), error);
        }
    }

    /// <summary>The mapping that a node is; null when it is anything else.</summary>
    public static YamlMappingNode? Mapping(YamlNode node) => IsNull(node) ? [] : node as YamlMappingNode;

    /// <summary>What stands under a key; null when nothing does.</summary>
    public static YamlNode? Find(YamlMappingNode? mapping, string key) =>
        mapping?.Children.FirstOrDefault(child => child.Key is YamlScalarNode name && name.Value == key).Value;

    public static bool IsNull(YamlNode node) => node is YamlScalarNode
    {
        Style: ScalarStyle.Plain or ScalarStyle.Any,
        Value: null or "" or "~" or "null" or "Null" or "NULL",
    };
}
