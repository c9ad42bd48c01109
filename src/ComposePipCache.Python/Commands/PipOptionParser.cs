using ComposePipCache.Python.Commands.Shell;

namespace ComposePipCache.Python.Commands;

/// <summary>Reads options as Python's optparse does: clusters, attached values, abbreviations.</summary>
internal sealed class PipOptionParser(PipOptionTable table, IReadOnlyList<CommandWord> words)
{
    private readonly List<PipOption> _options = [];
    private readonly List<CommandWord> _operands = [];
    private int _position;

    public IReadOnlyList<PipOption> Options => _options;

    public IReadOnlyList<CommandWord> Operands => _operands;

    /// <summary>Reads from a position; with a bound, only up to that many operands.</summary>
    /// <returns>The position behind what was read.</returns>
    public int Read(int start, int operandLimit = int.MaxValue)
    {
        _position = start;
        var isLiteral = false;
        while (_position < words.Count && _operands.Count < operandLimit)
        {
            var word = words[_position++];
            if (isLiteral || word.Text is "-" or "" || word.Text[0] != '-')
            {
                _operands.Add(word);
            }
            else if (word.Text == "--")
            {
                isLiteral = true;
            }
            else if (word.Text[1] == '-')
            {
                ReadLong(word);
            }
            else
            {
                ReadCluster(word);
            }
        }

        return _position;
    }

    private void ReadLong(CommandWord word)
    {
        var equals = word.Text.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? word.Text : word.Text[..equals];
        var entry = table.Find(name);
        if (equals >= 0)
        {
            Add(entry, name, word.Text[(equals + 1)..], word);
        }
        else if (entry is { TakesValue: true } && _position < words.Count)
        {
            AddNext(entry, word);
        }
        else
        {
            Add(entry, name, null, word);
        }
    }

    private void ReadCluster(CommandWord word)
    {
        for (var index = 1; index < word.Text.Length; index++)
        {
            var name = "-" + word.Text[index];
            var entry = table.Find(name);
            if (entry is not { TakesValue: true })
            {
                Add(entry, entry is null ? "-" + word.Text[index..] : name, null, word);
                if (entry is null)
                {
                    return;
                }
            }
            else if (index + 1 < word.Text.Length)
            {
                var value = word.Text[(index + 1)..];
                Add(entry, name, table == PipOptionTable.Pip ? value : value.TrimStart('='), word);
                return;
            }
            else if (_position < words.Count)
            {
                AddNext(entry, word);
            }
        }
    }

    private void AddNext(PipOptionTable.Entry entry, CommandWord word)
    {
        var value = words[_position++];
        Add(entry, entry.Name, value.Text, word with { IsDynamic = value.IsDynamic });
    }

    private void Add(PipOptionTable.Entry? entry, string name, string? value, CommandWord word) =>
        _options.Add(new PipOption(entry?.Name ?? name, value)
        {
            Span = word.Span,
            IsDynamic = word.IsDynamic,
            IsMeaningful = entry?.IsMeaningful ?? true,
        });
}
