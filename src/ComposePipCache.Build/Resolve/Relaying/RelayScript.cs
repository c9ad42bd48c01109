namespace ComposePipCache.Build.Resolve.Relaying;

/// <summary>The program inside the container.</summary>
public static class RelayScript
{
    private const string Resource = "relay.py";

    /// <summary>For Python 3.6 and later, as an argument of <c>python -IS -c</c>.</summary>
    public static string Text { get; } = Read();

    private static string Read()
    {
        using var stream = typeof(RelayScript).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is missing from the program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
