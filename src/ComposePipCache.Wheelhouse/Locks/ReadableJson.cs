using System.Text.Encodings.Web;
using System.Text.Json;

namespace ComposePipCache.Wheelhouse.Locks;

/// <summary>JSON for files that people read: a plus sign in a file name stays one.</summary>
internal static class ReadableJson
{
    public static LockJson Locks { get; } = new(new JsonSerializerOptions(LockJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
