using System.Text;

namespace ComposePipCache.Build.Bake;

/// <summary>Bake's <c>key=value,key=value</c> strings: CSV, so a value with a comma stands in double quotes.</summary>
public sealed class CsvOptions
{
    private readonly List<KeyValuePair<string, string>> _fields = [];

    /// <summary>Parses the text; a field without <c>=</c> has the empty string as its value.</summary>
    public CsvOptions(string text)
    {
        foreach (var field in Split(text))
        {
            var equals = field.IndexOf('=', StringComparison.Ordinal);
            _fields.Add(equals < 0 ? new(field, "") : new(field[..equals], field[(equals + 1)..]));
        }
    }

    /// <summary>All fields in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields => _fields;

    /// <summary>The value of a key, or null.</summary>
    public string? this[string key]
    {
        get
        {
            var match = _fields.FindLast(field => string.Equals(field.Key, key, StringComparison.OrdinalIgnoreCase));
            return match.Key is null ? null : match.Value;
        }
    }

    private static IEnumerable<string> Split(string text)
    {
        var field = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"' when isQuoted && i + 1 < text.Length && text[i + 1] == '"':
                    field.Append('"');
                    i++;
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ',' when !isQuoted:
                    yield return field.ToString();
                    field.Clear();
                    break;
                default:
                    field.Append(text[i]);
                    break;
            }
        }

        yield return field.ToString();
    }
}
