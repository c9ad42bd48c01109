using ComposePipCache.Build;
using ComposePipCache.Cli.Errors;
using YamlDotNet.RepresentationModel;

namespace ComposePipCache.Cli.Settings.Yaml;

/// <summary>Reads our keys out of a mapping; a key that nothing obeys is an error.</summary>
/// <param name="path">The mapping's own path in its file, with a point at the end; nothing at the top.</param>
/// <param name="place">The file.</param>
/// <param name="unescape">Gives a text back as the user wrote it.</param>
internal sealed class SettingsMapping(string path, SettingPlace place, Func<string, string> unescape)
{
    public PipCacheOptions Read(YamlNode node, IReadOnlyList<string> allowed)
    {
        var mapping = YamlDocument.Mapping(node)
            ?? throw new PipCacheException(CliErrors.NotMapping(path.TrimEnd('.'), allowed, place.File));
        var options = new PipCacheOptions();
        foreach (var (name, value) in mapping.Children)
        {
            var key = name is YamlScalarNode { Value: { } text } ? text : name.ToString();
            if (!allowed.Contains(key))
            {
                throw new PipCacheException(
                    CliErrors.UnknownKey(path + key, NearestName.Of(key, allowed), allowed, place.File));
            }

            options = Apply(options, SettingKeys.Find(key)!, value);
        }

        return options;
    }

    private PipCacheOptions Apply(PipCacheOptions options, SettingKey key, YamlNode node)
    {
        if (YamlDocument.IsNull(node))
        {
            return options; // a key without a value says nothing, as in compose
        }

        return key.Apply(options, node is YamlSequenceNode sequence && key.IsList
            ? [.. sequence.Children.Select((child, index) => Value($"{path}{key.Name}[{index}]", child, "text"))]
            : [Value(path + key.Name, node, key.IsList ? "a folder or a list of folders" : "a single value")]);
    }

    // Numbers and booleans in quotes are taken too: what compose fills in for a variable comes in quotes.
    private SettingValue Value(string source, YamlNode node, string wanted) =>
        node is YamlScalarNode { Value: { } text }
            ? new SettingValue(source, unescape(text), place)
            : throw new PipCacheException(CliErrors.WrongShape(source, wanted, place.File));
}
