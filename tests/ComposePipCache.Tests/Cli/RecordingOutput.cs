using System.Text;
using ComposePipCache.Cli.Output;

namespace ComposePipCache.Tests.Cli;

internal sealed class RecordingOutput : IOutput
{
    private readonly StringBuilder _data = new();
    private readonly StringBuilder _notes = new();

    public string StandardOutput => _data.ToString();

    public string StandardError => _notes.ToString();

    public void Data(ReadOnlySpan<byte> utf8) => _data.Append(Encoding.UTF8.GetString(utf8));

    public void Note(string text) => _notes.Append(text).Append('\n');
}
