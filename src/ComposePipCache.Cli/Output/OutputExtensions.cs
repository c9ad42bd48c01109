using System.Text;

namespace ComposePipCache.Cli.Output;

internal static class OutputExtensions
{
    public static void DataLine(this IOutput output, string text) => output.Data(Encoding.UTF8.GetBytes(text + "\n"));
}
