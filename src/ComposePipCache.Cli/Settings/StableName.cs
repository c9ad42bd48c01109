using System.Globalization;
using System.Text;

namespace ComposePipCache.Cli.Settings;

/// <summary>A short file name for a long text, the same in every process (FNV-1a, 64 bits).</summary>
/// <remarks>
/// Nobody is kept out by it: the files are the user's own. A cryptographic hash would load the system's whole library
/// for it, at a third of our start-up time.
/// </remarks>
internal static class StableName
{
    private const ulong Basis = 14_695_981_039_346_656_037;
    private const ulong Prime = 1_099_511_628_211;

    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    public static string Of(ReadOnlySpan<byte> content)
    {
        var hash = Basis;
        foreach (var one in content)
        {
            hash = unchecked((hash ^ one) * Prime);
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
