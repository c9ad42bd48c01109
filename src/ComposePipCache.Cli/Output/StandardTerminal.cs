using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ComposePipCache.Cli.Output;

/// <summary>The terminal that the process's own streams lead to.</summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "beside the streams the one place that knows the console")]
internal sealed class StandardTerminal : ITerminal
{
    private const string ClearLine = "\r\u001b[K";

    private bool _isShowing;

    public bool CanAsk => !Console.IsInputRedirected && !Console.IsErrorRedirected;

    public string? Ask(string question)
    {
        Write(question);
        using var input = Console.OpenStandardInput();
        using var reader = new StreamReader(input, Encoding.UTF8);
        return reader.ReadLine();
    }

    public void ShowProgress(string? line)
    {
        if ((line is not null || _isShowing) && !Console.IsErrorRedirected)
        {
            Write(ClearLine + line);
            _isShowing = line is not null;
        }
    }

    private static void Write(string text)
    {
        using var stream = Console.OpenStandardError();
        stream.Write(Encoding.UTF8.GetBytes(text));
    }
}
