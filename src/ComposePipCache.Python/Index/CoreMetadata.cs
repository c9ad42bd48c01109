using System.Text;
using ComposePipCache.Python.Requirements;

namespace ComposePipCache.Python.Index;

/// <summary>What a wheel's METADATA (or an sdist's PKG-INFO) says about other projects.</summary>
public sealed record CoreMetadata
{
    private const string Dependency = "Requires-Dist:";

    private CoreMetadata()
    {
    }

    /// <summary>All requirements, each with the marker under which it counts.</summary>
    public required IReadOnlyList<Requirement> Requires { get; init; }

    /// <summary>Reads the head of the file; the description below it is no part. Any text is one.</summary>
    public static CoreMetadata Parse(string text) => new()
    {
        Requires = [.. Fields(text).Where(field => field.StartsWith(Dependency, StringComparison.OrdinalIgnoreCase))
            .Select(field => Requirement.Parse(field[Dependency.Length..]))],
    };

    // a line that begins with a blank goes on with the one above
    private static IEnumerable<string> Fields(string text)
    {
        var field = new StringBuilder();
        using var reader = new StringReader(text);
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            if (!char.IsWhiteSpace(line[0]) && field.Length > 0)
            {
                yield return field.ToString();
                field.Clear();
            }

            field.Append(line);
        }

        yield return field.ToString();
    }
}
