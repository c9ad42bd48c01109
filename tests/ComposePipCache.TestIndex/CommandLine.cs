using System.Globalization;
using System.Net;
using ComposePipCache.TestIndex.Catalog;

namespace ComposePipCache.TestIndex;

/// <summary>The arguments of the index as a process.</summary>
internal static class CommandLine
{
    public const string Usage =
        """
        Usage:  ComposePipCache.TestIndex --wheels DIR [OPTIONS]

        Options:
          --wheels DIR              Folder of wheels and sdists (repeatable, the first counts)
          --listen IP:PORT          Where the index listens (default 127.0.0.1:0)
          --listen-tls IP:PORT      Where it listens for TLS (default: nowhere)
          --control IP:PORT         Where the control port listens (default 127.0.0.1:0)
          --tls-name NAME           Host name in the certificates (repeatable)
          --files-url URL           Start of the links to files
          --private USER:PASSWORD   Credentials of /private/ (default user:password)
          --digests FILE            Where digests are kept (default .index-digests.json in the first folder)
          --no-long-pages           No synthetic older releases of boto3, botocore and numpy
        """;

    /// <exception cref="FormatException">An argument is unknown or has no value.</exception>
    public static IndexOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new IndexOptions
        {
            Control = new IPEndPoint(IPAddress.Loopback, 0),
            Histories = ReleaseHistory.LongPages,
        };
        var words = new Queue<string>(arguments);
        while (words.TryDequeue(out var name))
        {
            options = name switch
            {
                "--wheels" => options with { WheelFolders = [.. options.WheelFolders, Value()] },
                "--listen" => options with { Listen = EndPoint() },
                "--listen-tls" => options with { ListenTls = EndPoint() },
                "--control" => options with { Control = EndPoint() },
                "--tls-name" => options with { TlsNames = [.. options.TlsNames, Value()] },
                "--files-url" => options with { FilesUrl = Value().TrimEnd('/') },
                "--private" => options with { PrivateCredentials = Value() },
                "--digests" => options with { DigestFile = Value() },
                "--no-long-pages" => options with { Histories = [] },
                _ => throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"unknown argument {name}")),
            };

            string Value() => words.TryDequeue(out var value)
                ? value
                : throw new FormatException($"{name} needs a value");

            IPEndPoint EndPoint() => IPEndPoint.Parse(Value());
        }

        return options.DigestFile is null && options.WheelFolders is [var first, ..]
            ? options with { DigestFile = Path.Combine(first, ".index-digests.json") }
            : options;
    }
}
