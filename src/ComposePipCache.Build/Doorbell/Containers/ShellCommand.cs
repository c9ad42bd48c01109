using System.Text;

namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>One command for the shell in a container, and the bytes that follow it.</summary>
internal sealed class ShellCommand
{
    /// <summary>A shell reads a line byte by byte; what is longer is sent as a counted block.</summary>
    private const int LongestLine = 2048;

    private readonly StringBuilder _script = new();
    private readonly List<ShellPayload> _payloads = [];
    private int _variables;

    /// <summary>Adds a call of one of the script's functions.</summary>
    public ShellCommand Call(string function, params IEnumerable<string> arguments)
    {
        var words = string.Concat(arguments.Select(argument => " " + Word(argument)));
        Separate();
        _script.Append(function).Append(words);
        return this;
    }

    /// <summary>Adds bytes that a called function reads.</summary>
    public ShellCommand Send(ReadOnlyMemory<byte> bytes)
    {
        _payloads.Add(ShellPayload.Of(bytes));
        return this;
    }

    /// <summary>Adds a file that a called function reads; it is opened when its turn comes.</summary>
    public ShellCommand Send(Func<Stream> open, long length)
    {
        _payloads.Add(new ShellPayload(open, length));
        return this;
    }

    /// <summary>All of it in the order in which it is sent.</summary>
    internal IEnumerable<ShellPayload> Payloads() => [ShellPayload.Of(Text()), .. _payloads];

    private byte[] Text()
    {
        var script = _script.ToString();
        return script.Length < LongestLine
            ? Encoding.ASCII.GetBytes(script + "\n")
            : Encoding.ASCII.GetBytes(string.Create(null, $"take {script.Length}\n{script}"));
    }

    /// <summary>One word of ASCII for any text but NUL: quoted, or a variable that printf fills.</summary>
    private string Word(string text)
    {
        if (text.All(c => c is >= ' ' and <= '~'))
        {
            return "'" + text.Replace("'", @"'\''", StringComparison.Ordinal) + "'";
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("a word of a command cannot hold NUL", nameof(text));
        }

        // A substitution drops newlines at its end; the point keeps them.
        var variable = string.Create(null, $"w{_variables++}");
        var octal = string.Concat(Encoding.UTF8.GetBytes(text).Select(b => @"\" + Convert.ToString(b, 8).PadLeft(3, '0')));
        Separate();
        _script.Append(null, $"{variable}=$(printf '{octal}.'); {variable}=${{{variable}%.}}");
        return $"\"${variable}\"";
    }

    private void Separate()
    {
        if (_script.Length > 0)
        {
            _script.Append("; ");
        }
    }
}
