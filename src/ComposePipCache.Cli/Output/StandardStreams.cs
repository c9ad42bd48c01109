using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ComposePipCache.Cli.Output;

/// <summary>The process's own streams.</summary>
/// <remarks>
/// Bytes go straight through: text writers of the console would cost more than a whole metadata answer.
/// </remarks>
[SuppressMessage("ApiDesign", "RS0030", Justification = "the one place that knows the console")]
internal sealed class StandardStreams : IOutput
{
    public static Stream Input => new CancellableInput(Console.OpenStandardInput());

    public static Stream Error => Console.OpenStandardError();

    public void Data(ReadOnlySpan<byte> utf8)
    {
        using var stream = Console.OpenStandardOutput();
        Write(stream, utf8);
    }

    public void Note(string text)
    {
        using var stream = Console.OpenStandardError();
        Write(stream, Encoding.UTF8.GetBytes(text + "\n"));
    }

    private static void Write(Stream stream, ReadOnlySpan<byte> utf8)
    {
        try
        {
            stream.Write(utf8);
        }
        catch (IOException)
        {
            // The reader has gone: `docker pipcache help | head -1` is no failure of ours.
        }
    }
}
