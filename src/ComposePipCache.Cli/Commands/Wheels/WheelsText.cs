using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ComposePipCache.Build.Fallback;
using ComposePipCache.Cli.Output;
using ComposePipCache.Wheelhouse.Locks;

namespace ComposePipCache.Cli.Commands.Wheels;

/// <summary>How things of the wheelhouse are written.</summary>
internal static class WheelsText
{
    private const string Nobody = "-";
    private const int MostLabels = 3;

    /// <summary>A plus sign in a file name stays one.</summary>
    public static WheelsJson Json { get; } = new(new JsonSerializerOptions(WheelsJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string Kind(LockedFileKind kind) => kind switch
    {
        LockedFileKind.Sdist => "sdist",
        LockedFileKind.Built => "built",
        _ => "wheel",
    };

    /// <summary>Three names at most; the rest are counted.</summary>
    public static string Labels(IReadOnlyList<string> labels)
    {
        var named = string.Join(", ", labels.Take(MostLabels).Select(Display));
        return labels.Count switch
        {
            0 => Nobody,
            > MostLabels => string.Create(CultureInfo.InvariantCulture, $"{named}, +{labels.Count - MostLabels}"),
            _ => named,
        };
    }

    public static string Files(int count) => Wording.Count(count, "file");

    /// <summary>Control characters of a foreign name would be the terminal's.</summary>
    public static string Display(string text) =>
        string.Concat(text.Select(one => char.IsControl(one) ? '\uFFFD' : one));

    public static void WriteJson<T>(this IOutput output, T value, JsonTypeInfo<T> type) =>
        output.Data(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value, type) + "\n"));
}
