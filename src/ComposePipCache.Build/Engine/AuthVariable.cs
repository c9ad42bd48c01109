using System.Text;
using System.Text.Json;

namespace ComposePipCache.Build.Engine;

/// <summary>Reads DOCKER_AUTH_CONFIG: an object <c>{"auths":{"host":{"auth":"…"}}}</c> and nothing else.</summary>
internal static class AuthVariable
{
    private const string Name = "DOCKER_AUTH_CONFIG";

    public static IReadOnlyDictionary<string, RegistryAuth> Read(EnvironmentSnapshot environment)
    {
        var auths = new Dictionary<string, RegistryAuth>(StringComparer.Ordinal);
        if (environment[Name] is not { } text)
        {
            return auths;
        }

        using var document = Parse(text);
        foreach (var property in Members(document.RootElement, "the value"))
        {
            Require(property, "auths");
            foreach (var entry in Members(property.Value, "`auths`"))
            {
                auths[entry.Name] = Entry(entry);
            }
        }

        return auths;
    }

    // The parser's message may quote what it choked on, so only the place is told.
    private static JsonDocument Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(Encoding.UTF8.GetBytes(text));
        }
        catch (JsonException error)
        {
            var (line, column) = (error.LineNumber + 1, error.BytePositionInLine + 1);
            throw Invalid($"it is not one valid JSON object (line {line}, byte {column})");
        }
    }

    private static RegistryAuth Entry(JsonProperty entry)
    {
        string? encoded = null;
        foreach (var member in Members(entry.Value, $"the entry for {entry.Name}"))
        {
            Require(member, "auth");
            encoded = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : null;
        }

        return encoded is { Length: > 0 }
            ? new RegistryAuth { Encoded = encoded }
            : throw Invalid($"the entry for {entry.Name} has no `auth`");
    }

    private static JsonElement.ObjectEnumerator Members(JsonElement element, string what) =>
        element.ValueKind == JsonValueKind.Object
            ? element.EnumerateObject()
            : throw Invalid($"{what} is no object");

    private static void Require(JsonProperty member, string name)
    {
        if (!string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase))
        {
            throw Invalid($"`{member.Name}` is not known there");
        }
    }

    private static PipCacheException Invalid(string reason) => new(CredentialErrors.BadVariable(Name, reason));
}
